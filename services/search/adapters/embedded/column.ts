interface Numbers<T> {
  readonly length: number;
  [index: number]: number;
  set(from: T): void;
}

/** Numbers in one block of memory that grows. */
export class Column<T extends Numbers<T>> {
  readonly #make: new (length: number) => T;
  #values: T;
  #length = 0;

  constructor(make: new (length: number) => T, first: readonly number[] = []) {
    this.#make = make;
    this.#values = new make(16);
    for (const value of first) this.push(value);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    this.set(this.extend(1), value);
  }

  /** Adds zeros; returns the index of the first. */
  extend(by: number): number {
    const first = this.#length;
    this.#length += by;
    if (this.#length > this.#values.length) {
      const larger = new this.#make(Math.max(this.#length, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    return first;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** The memory itself, for loops over many numbers: valid until it grows, and longer than `length`. */
  get values(): T {
    return this.#values;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}

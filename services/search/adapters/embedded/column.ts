interface Numbers<T> {
  readonly length: number;
  [index: number]: number;
  set(from: T): void;
  subarray(start: number, end: number): T;
}

/** Numbers in one block of memory that grows. */
export class Column<T extends Numbers<T>> {
  readonly #make: new (length: number) => T;
  #values: T;
  #length = 0;

  constructor(make: new (length: number) => T, first: readonly number[] = []) {
    this.#make = make;
    this.#values = new make(4);
    for (const value of first) this.push(value);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new this.#make(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** The numbers from `start` up to, but not including, `end`; valid until the next `push`. */
  part(start: number, end: number): T {
    return this.#values.subarray(start, end);
  }

  /** All numbers; valid until the next `push`. */
  get all(): T {
    return this.part(0, this.#length);
  }
}

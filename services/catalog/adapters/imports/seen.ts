import { randomInt } from 'node:crypto';

const FIRST_SIZE = 1 << 10;
const FULLEST = 0.7;

/**
 * Remembers in which line each text first occurred, as 64-bit hashes in typed arrays: some 20 bytes per text. Two of a
 * million texts have the same hash with a probability of 1 : 10⁷.
 */
export class SeenTexts {
  readonly #seed = randomInt(2 ** 32);
  #count = 0;
  #low = new Uint32Array(FIRST_SIZE);
  #high = new Uint32Array(FIRST_SIZE);
  /** 0 marks a free place. */
  #lines = new Uint32Array(FIRST_SIZE);

  get size(): number {
    return this.#count;
  }

  /** The line in which the text occurred before. */
  lineOf(text: string): number | undefined {
    return this.#lines[this.#placeOf(...this.#hash(text))] || undefined;
  }

  add(text: string, line: number): void {
    if (this.#count >= this.#lines.length * FULLEST) this.#grow();
    const [low, high] = this.#hash(text);
    this.#put(low, high, line);
    this.#count += 1;
  }

  #put(low: number, high: number, line: number): void {
    const place = this.#placeOf(low, high);
    this.#low[place] = low;
    this.#high[place] = high;
    this.#lines[place] = line;
  }

  /** Where the hash is, or is to be put. */
  #placeOf(low: number, high: number): number {
    const mask = this.#lines.length - 1;
    let place = low & mask;
    while (this.#lines[place] !== 0 && (this.#low[place] !== low || this.#high[place] !== high))
      place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [lows, highs, lines] = [this.#low, this.#high, this.#lines];
    const size = lines.length * 2;
    this.#low = new Uint32Array(size);
    this.#high = new Uint32Array(size);
    this.#lines = new Uint32Array(size);
    for (const [at, line] of lines.entries()) if (line !== 0) this.#put(lows[at] ?? 0, highs[at] ?? 0, line);
  }

  /** cyrb53's mixing, which keeps both halves apart. */
  #hash(text: string): [low: number, high: number] {
    let [a, b] = [0xdeadbeef ^ this.#seed, 0x41c6ce57 ^ this.#seed];
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
    }
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    return [a >>> 0, b >>> 0];
  }
}

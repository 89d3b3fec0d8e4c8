/** Maps keys to products. Most keys have one product, so most take no list. */
export class Keys {
  readonly #ordinals = new Map<string, number | number[]>();

  add(key: string, ordinal: number): void {
    const known = this.#ordinals.get(key);
    if (known === undefined) this.#ordinals.set(key, ordinal);
    else if (typeof known === 'number') this.#ordinals.set(key, [known, ordinal]);
    else known.push(ordinal);
  }

  find(key: string): readonly number[] {
    const found = this.#ordinals.get(key) ?? [];
    return typeof found === 'number' ? [found] : found;
  }
}

import { FIELDS, type IndexChange } from '../../core/domain/document.ts';
import { Keys } from './keys.ts';
import { Table } from './table.ts';
import { Vocabulary } from './vocabulary.ts';

/** An index in memory: the products as columns, and which words and keys lead to them. */
export class Segment {
  readonly table = new Table();
  readonly words = new Vocabulary();
  readonly kinds = new Keys();
  readonly skus = new Keys();
  readonly skuParts = new Keys();
  readonly #ordinals = new Map<string, number>();
  /** Also of removed products: a late change must not bring them back. */
  readonly #revisions = new Map<string, number>();

  /** Products that are found. */
  get size(): number {
    return this.#ordinals.size;
  }

  /** Rows of products that were changed or removed since. */
  get waste(): number {
    return this.table.length - this.size;
  }

  /** Undefined if there is no such product. */
  ordinalOf(productId: string): number | undefined {
    return this.#ordinals.get(productId);
  }

  /** Ignores a change with an earlier revision than the last. */
  apply({ productId, revision, document }: IndexChange): void {
    if ((this.#revisions.get(productId) ?? 0) >= revision) return;
    this.#revisions.set(productId, revision);
    const before = this.#ordinals.get(productId);
    if (before !== undefined) this.table.isLive.set(before, 0);
    this.#ordinals.delete(productId);
    if (!document) return;
    const ordinal = this.table.add(productId, document);
    this.#ordinals.set(productId, ordinal);
    const fieldsOf = new Map<string, number>();
    for (const [index, field] of FIELDS.entries())
      for (const word of document.terms[field]) fieldsOf.set(word, (fieldsOf.get(word) ?? 0) | (1 << index));
    for (const [word, fields] of fieldsOf) this.words.add(word, ordinal, fields);
    for (const kind of document.kinds) this.kinds.add(kind, ordinal);
    for (const sku of document.skus) this.skus.add(sku, ordinal);
    for (const part of document.skuParts) this.skuParts.add(part, ordinal);
  }
}

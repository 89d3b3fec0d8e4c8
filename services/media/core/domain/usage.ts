import type { StoredDocument } from '#kernel/documents.ts';

/** How many products show a content. Its name is the checksum: products may name files that are uploaded later. */
export interface Usage extends StoredDocument {
  readonly sha256: string;
  readonly products: number;
  /** ISO 8601; since when no product shows it. */
  readonly idleSince?: string;
}

/** @param by how many products more, or fewer */
export const recount = (
  found: Usage | undefined,
  { id, sha256 }: Pick<Usage, 'id' | 'sha256'>,
  by: number,
  now: Date,
): Usage => {
  const products = (found?.products ?? 0) + by;
  const idle = products === 0 && { idleSince: now.toISOString() };
  return { id: found?.id ?? id, version: (found?.version ?? 0) + 1, sha256, products, ...idle };
};

/** Whether no product has shown it for so many milliseconds. */
export const isIdle = (usage: Usage | undefined, ms: number, now: Date): boolean =>
  usage === undefined || (usage.idleSince !== undefined && now.getTime() - Date.parse(usage.idleSince) >= ms);

/** The contents that a product shows; `id` is the product's. */
export interface ProductFiles extends StoredDocument {
  /** The version of the product that showed them: the highest wins, whatever the order of the events. */
  readonly seen: number;
  /** Checksums. */
  readonly contents: readonly string[];
}

/** What an event says that a product shows. */
export interface Shown {
  readonly productId: string;
  readonly version: number;
  readonly contents: readonly string[];
}

/** Undefined if something newer was known before, or if there is nothing to remember: no event precedes a first version. */
export const shownNow = (found: ProductFiles | undefined, said: Shown): ProductFiles | undefined => {
  const { productId: id, version: seen, contents } = said;
  const isOld = found ? found.seen >= seen : seen === 1 && contents.length === 0;
  return isOld ? undefined : { id, version: (found?.version ?? 0) + 1, seen, contents };
};

import type { StoredDocument } from '#kernel/documents.ts';

/**
 * How many pages show a content: products, categories and collections. Its name is the checksum: they may name files that are uploaded
 * later.
 */
export interface Usage extends StoredDocument {
  readonly sha256: string;
  /** All of these pages. */
  readonly products: number;
  /** ISO 8601; since when no page shows it. */
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

/** The contents that a product, a category or a collection shows, whose ID is `id`. */
export interface ProductFiles extends StoredDocument {
  /** The version of the page that showed them: the highest wins, whatever the order of the events. */
  readonly seen: number;
  /** Checksums. */
  readonly contents: readonly string[];
}

/** What an event says that a product, a category or a collection shows. */
export interface Shown {
  readonly pageId: string;
  readonly version: number;
  readonly contents: readonly string[];
}

/** Undefined if something newer was known before, or if there is nothing to remember: no event precedes a first version. */
export const shownNow = (found: ProductFiles | undefined, said: Shown): ProductFiles | undefined => {
  const { pageId: id, version: seen, contents } = said;
  const isOld = found ? found.seen >= seen : seen === 1 && contents.length === 0;
  return isOld ? undefined : { id, version: (found?.version ?? 0) + 1, seen, contents };
};

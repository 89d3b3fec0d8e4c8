import type { StoredDocument } from '#kernel/documents.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Seo } from './page.ts';
import type { Picture } from './pictures.ts';

/** A page of products that staff have put together. Times are ISO 8601. */
export interface Collection extends StoredDocument, Omit<CollectionDraft, 'slug'> {
  readonly slug: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CollectionDraft {
  readonly name: string;
  /** Unique in the shop. By default, a new collection gets one from its name, and others keep theirs. */
  readonly slug?: string | undefined;
  readonly description: string;
  /** Customers see published collections only. */
  readonly status: 'draft' | 'published';
  readonly seo?: Seo | undefined;
  readonly picture?: Picture | undefined;
  readonly contents: Contents;
}

export type Contents =
  /** These products, in this order. */
  | { readonly kind: 'manual'; readonly productIds: readonly string[] }
  /** The products that meet the conditions. */
  | { readonly kind: 'rule'; readonly rule: Rule; readonly sort: CollectionSort };

export type CollectionSort = 'newest' | 'price_asc' | 'price_desc' | 'name';

/** Conditions that must all hold. */
export interface Rule {
  /** In this category, or one below it. */
  readonly categoryId?: string | undefined;
  readonly brand?: string | undefined;
  /** The product has them all. */
  readonly tags?: readonly string[] | undefined;
  readonly price?: PriceRange | undefined;
  readonly createdWithinDays?: number | undefined;
}

/** Of the cheapest variant, in minor units; both ends are included. */
export interface PriceRange {
  readonly currency: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export type InvalidCollection = Refusal<'INVALID_COLLECTION'>;

export const MOST_COLLECTIONS = 10_000;

export const checkCollection = ({
  name,
  contents,
}: CollectionDraft): Result<undefined, InvalidCollection> => {
  if (name.trim() === '') return refuse('INVALID_COLLECTION', 'A collection needs a name.');
  if (contents.kind === 'manual')
    return new Set(contents.productIds).size < contents.productIds.length
      ? refuse('INVALID_COLLECTION', 'A product can be in a collection once.')
      : ok(undefined);
  const { categoryId, brand, tags = [], price, createdWithinDays } = contents.rule;
  if ([categoryId, brand, tags[0], price, createdWithinDays].every((condition) => condition === undefined))
    return refuse('INVALID_COLLECTION', 'A rule needs a condition.');
  return price?.min !== undefined && price.max !== undefined && price.max < price.min
    ? refuse('INVALID_COLLECTION', 'The highest price is below the lowest.')
    : ok(undefined);
};

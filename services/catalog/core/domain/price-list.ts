import type { StoredDocument } from '#kernel/documents.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Refreshing } from './refreshing.ts';

/** Prices that apply instead of the variants' own: a currency of their own, a sale, or both. */
export interface PriceList extends StoredDocument, Refreshing, PriceListContent {
  /** How files and edits of variants name it: `SALE-2026`. Never changes, as little as the currency. */
  readonly code: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PriceListContent {
  readonly name: string;
  /** Of several valid prices in a currency, the one of the highest priority applies; variants' own prices have 0. */
  readonly priority: number;
  /** From this time on; always until `validUntil` if absent. */
  readonly validFrom?: string | undefined;
  /** Until before this time. */
  readonly validUntil?: string | undefined;
}

export type InvalidPriceList = Refusal<'INVALID_PRICE_LIST'>;

/** Price lists of a shop. */
export const MOST_PRICE_LISTS = 200;

/** Refuses a list that would never be valid. */
export const checkPriceList = <T extends PriceListContent>(content: T): Result<T, InvalidPriceList> => {
  const { validFrom, validUntil } = content;
  return validFrom !== undefined && validUntil !== undefined && validUntil <= validFrom
    ? refuse('INVALID_PRICE_LIST', 'The list must become valid before it ends.')
    : ok(content);
};

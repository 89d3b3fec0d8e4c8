import type { ProductChange, RatingChange, StockChange } from '../domain/listing.ts';
import type { SearchTx } from '../ports/search-tx.ts';

/** Changes in a batch of events, in any order and repeated at will: the newest version of each wins. */
export const followProducts = ({ listings }: SearchTx, changes: readonly ProductChange[]): Promise<void> =>
  listings.saveProducts(newest(changes, ({ productId }) => productId));

export const followStock = ({ listings }: SearchTx, changes: readonly StockChange[]): Promise<void> =>
  listings.saveStock(newest(changes, ({ sku }) => sku));

export const followRatings = ({ listings }: SearchTx, changes: readonly RatingChange[]): Promise<void> =>
  listings.saveRatings(newest(changes, ({ productId }) => productId));

export interface Sale {
  readonly productId: string;
  readonly quantity: number;
}

/** Sales of new events only: each counts once. */
export const followSales = ({ listings }: SearchTx, sales: readonly Sale[]): Promise<void> => {
  const units = new Map<string, number>();
  for (const { productId, quantity } of sales) units.set(productId, (units.get(productId) ?? 0) + quantity);
  return listings.addSales(units);
};

/** The highest version per key, sorted by key: units that lock the same rows lock them in the same order. */
const newest = <T extends { readonly version: number }>(
  changes: readonly T[],
  keyOf: (change: T) => string,
): T[] => {
  const found = new Map<string, T>();
  for (const change of changes) {
    const key = keyOf(change);
    if ((found.get(key)?.version ?? -1) < change.version) found.set(key, change);
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
};

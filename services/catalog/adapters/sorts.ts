import type { Position, SortedBy } from '#adapters/pagination/cursor.ts';
import { moneyOf } from '#kernel/money.ts';
import type { Sort } from '../core/ports/product-queries.ts';
import type { ProductSummary } from './summary.ts';

interface SortOrder {
  /** Type of the value in its cursors. */
  readonly by: SortedBy;
  readonly isDescending: boolean;
  readonly valueOf: (product: ProductSummary) => string | number;
}

const byPrice = {
  by: 'number',
  valueOf: ({ price_from, currency }: ProductSummary) => moneyOf(price_from, currency).minor,
} as const;

/** Products with the same value are ordered by id. */
export const SORTS: Readonly<Record<Sort, SortOrder>> = {
  newest: { by: 'time', isDescending: true, valueOf: ({ created_at }) => created_at },
  name: { by: 'text', isDescending: false, valueOf: ({ name }) => name },
  price_asc: { ...byPrice, isDescending: false },
  price_desc: { ...byPrice, isDescending: true },
};

/** The position of a product in the list of that sort order. */
export const positionIn =
  (sort: Sort) =>
  (product: ProductSummary): Position => ({
    list: sort,
    value: SORTS[sort].valueOf(product),
    id: product.product_id,
  });

/** The same, of a product as lists show it. */
export const positionOfListed =
  (sort: Sort) =>
  (json: string): Position =>
    positionIn(sort)(JSON.parse(json) as ProductSummary);

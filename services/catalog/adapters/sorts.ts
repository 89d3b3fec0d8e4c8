import type { Position, SortedBy } from '#adapters/pagination/cursor.ts';
import type { ProductSummary, Sort } from '../core/ports/product-queries.ts';

interface SortOrder {
  /** Type of the value in its cursors. */
  readonly by: SortedBy;
  readonly isDescending: boolean;
  readonly valueOf: (product: ProductSummary) => string | number;
}

const byPrice = { by: 'number', valueOf: ({ priceFrom }: ProductSummary) => priceFrom.minor } as const;

/** Products with the same value are ordered by id. */
export const SORTS: Readonly<Record<Sort, SortOrder>> = {
  newest: { by: 'time', isDescending: true, valueOf: ({ createdAt }) => createdAt.toISOString() },
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
    id: product.productId,
  });

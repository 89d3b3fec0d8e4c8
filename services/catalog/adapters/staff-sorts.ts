import type { Position, SortedBy } from '#adapters/pagination/cursor.ts';
import type { Product } from '../core/domain/product.ts';
import type { StaffSort } from '../core/ports/staff-queries.ts';
import { priceFromOf } from './summary.ts';

interface SortOrder {
  /** Type of the value in its cursors. */
  readonly by: SortedBy;
  readonly isDescending: boolean;
  readonly valueOf: (product: Product) => string | number;
}

const byPrice = {
  by: 'number',
  valueOf: (product: Product) => priceFromOf(product).price.minor,
} as const;

/** Products with the same value are ordered by ID. */
export const STAFF_SORTS: Readonly<Record<StaffSort, SortOrder>> = {
  updated: { by: 'time', isDescending: true, valueOf: ({ updatedAt }) => updatedAt.toISOString() },
  newest: { by: 'time', isDescending: true, valueOf: ({ createdAt }) => createdAt.toISOString() },
  name: { by: 'text', isDescending: false, valueOf: ({ name }) => name },
  price_asc: { ...byPrice, isDescending: false },
  price_desc: { ...byPrice, isDescending: true },
};

/** Not the name of a list for customers, whose cursors are not for this one. */
export const staffList = (sort: StaffSort): string => `staff ${sort}`;

/** The position of a product in the list of that sort order. */
export const staffPosition =
  (sort: StaffSort) =>
  (product: Product): Position => ({
    list: staffList(sort),
    value: STAFF_SORTS[sort].valueOf(product),
    id: product.productId,
  });

import type { SortedBy } from '#adapters/pagination/cursor.ts';
import type { Sort } from '../core/ports/product-queries.ts';

/** The value in the cursor of each sort order. */
export const SORTED_BY: Readonly<Record<Sort, SortedBy>> = {
  newest: 'time',
  name: 'text',
  price_asc: 'number',
  price_desc: 'number',
};

import type { SortedBy } from '#adapters/pagination/cursor.ts';
import type { Sort } from '../core/ports/product-queries.ts';

/** What the cursor of each order keeps. */
export const SORTED_BY: Readonly<Record<Sort, SortedBy>> = {
  newest: 'time',
  name: 'text',
  price_asc: 'number',
  price_desc: 'number',
};

import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Product } from '../domain/product.ts';
import type { Sort } from './product-queries.ts';
import type { StaffFilter } from './staff-filter.ts';

/** Reads of committed products for staff: hidden ones too. */
export interface StaffQueries {
  find(productId: string): Promise<Product | undefined>;
  page(request: StaffPageRequest): Promise<PageResult<Product>>;
}

/** `updated`: the latest change first. */
export type StaffSort = Sort | 'updated';

export interface StaffPageRequest extends StaffFilter, PageRequest {
  readonly sort: StaffSort;
}

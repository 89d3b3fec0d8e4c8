import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Stage } from '../domain/lifecycle.ts';
import type { Product } from '../domain/product.ts';
import type { TermFilter } from '../domain/terms.ts';
import type { Sort } from './product-queries.ts';

/** Reads of committed products for staff: hidden ones too. */
export interface StaffQueries {
  find(productId: string): Promise<Product | undefined>;
  page(request: StaffPageRequest): Promise<PageResult<Product>>;
}

/** `updated`: the latest change first. */
export type StaffSort = Sort | 'updated';

/** Conditions that must all hold. */
export interface StaffFilter extends TermFilter {
  /** As of the last change of the product; any stage if absent. */
  readonly stages?: readonly Stage[] | undefined;
  readonly updatedSince?: Date | undefined;
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  readonly brand?: string | undefined;
  readonly tag?: string | undefined;
}

export interface StaffPageRequest extends StaffFilter, PageRequest {
  readonly sort: StaffSort;
}

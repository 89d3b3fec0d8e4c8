import type { Stage } from '../domain/lifecycle.ts';
import type { TermFilter } from '../domain/terms.ts';

/** Conditions that must all hold. */
export interface StaffFilter extends TermFilter {
  /** As of the last change of the product; any stage if absent. */
  readonly stages?: readonly Stage[] | undefined;
  readonly updatedSince?: Date | undefined;
  /** In this category, or one below it. */
  readonly categoryId?: string | undefined;
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  readonly brand?: string | undefined;
  readonly tag?: string | undefined;
}

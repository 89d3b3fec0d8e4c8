import type { IndexChange } from '../domain/document.ts';
import type { FacetChoice, Facets, Filters, Sort } from '../domain/filters.ts';
import type { Plan } from '../query/plan.ts';
import type { Frequencies } from '../query/understand.ts';

/**
 * Finds products. Derived from the listings: it can be thrown away and built again. All operations throw if it cannot be
 * reached.
 */
export interface ProductIndex {
  /** False until a rebuild has filled it with documents of this version of the service. */
  isCurrent(): Promise<boolean>;
  /**
   * Applies changes; one with an earlier revision than the index has is ignored. Searches see them within a second.
   * Returns the IDs of products that the index refused.
   */
  apply(changes: readonly IndexChange[]): Promise<readonly string[]>;
  /** In how many products each term occurs. */
  frequencies(terms: readonly string[]): Promise<Frequencies>;
  /** Whether each plan finds any product; all slots of these plans are required, in any field, without guesses. */
  findsAny(plans: readonly Plan[]): Promise<readonly boolean[]>;
  search(request: IndexRequest): Promise<IndexPage>;
  /**
   * Replaces the index by one of `listings`, which contain every product. Searches use the old one meanwhile, and changes
   * applied meanwhile are in both.
   */
  rebuild(listings: AsyncIterable<readonly IndexChange[]>): Promise<void>;
}

export interface IndexRequest {
  /** Absent: all products. */
  readonly plan?: Plan | undefined;
  readonly filters: Filters;
  readonly sort: Sort;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: IndexPosition | undefined;
  /** The facets to count; absent: none. */
  readonly facets?: FacetChoice | undefined;
}

/** A place in a sorted result. */
export interface IndexPosition {
  readonly value: number;
  readonly productId: string;
}

export interface IndexPage {
  readonly hits: readonly IndexPosition[];
  readonly hasMore: boolean;
  /** Products that match the text and the filters. */
  readonly total: number;
  /** Products that match the text, whatever the filters. */
  readonly matches: number;
  /** Present if any were asked for. */
  readonly facets?: Facets | undefined;
}

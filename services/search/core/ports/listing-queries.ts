import type { Listing } from '../domain/listing.ts';
import type { Rule } from '../domain/rule.ts';

/** Reads of committed listings. */
export interface ListingQueries {
  /** Those that exist, in no particular order. */
  find(productIds: readonly string[]): Promise<readonly Listing[]>;
  /** Listings whose newest revision is not in the index, at most `limit`. */
  pending(limit: number): Promise<readonly Listing[]>;
  /** The number of all listings. */
  count(): Promise<number>;
  /** The number of those that are pending. */
  countPending(): Promise<number>;
  /**
   * Remembers that these revisions are in the index, or that it refused them. Returns for each listing that is no longer
   * pending how long ago it changed, in seconds.
   */
  markIndexed(listings: readonly Pick<Listing, 'productId' | 'revision'>[]): Promise<readonly number[]>;
  /** By product ID, those after `after`, at most `limit`; the first for `undefined`. */
  all(limit: number, after?: string): Promise<readonly Listing[]>;
}

export interface RuleQueries {
  /** All rules, by ID. */
  all(): Promise<readonly Rule[]>;
  find(ruleId: string): Promise<Rule | undefined>;
}

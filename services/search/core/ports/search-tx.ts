import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { ProductChange, RatingChange, StockChange } from '../domain/listing.ts';
import type { Rule } from '../domain/rule.ts';

/** The unit of work of search. */
export interface SearchTx extends BaseTx {
  readonly listings: ListingChanges;
  readonly rules: RuleRepository;
}

/** Changes of listings. A change that is older than what is stored is ignored; each other gives its listing a new revision, but a sale. */
export interface ListingChanges {
  /** At most one per product. */
  saveProducts(changes: readonly ProductChange[]): Promise<void>;
  /** At most one per SKU. */
  saveStock(changes: readonly StockChange[]): Promise<void>;
  /** At most one per product. */
  saveRatings(changes: readonly RatingChange[]): Promise<void>;
  /** Units per product; listings have them once they are counted. */
  addSales(units: ReadonlyMap<string, number>): Promise<void>;
  /** Adds all units that were sold since the last time to their listings. */
  countSales(): Promise<void>;
}

export interface RuleRepository {
  find(ruleId: string): Promise<Rule | undefined>;
  count(): Promise<number>;
  /** Inserts version 1, or replaces the version before; throws `VersionConflict` if that does not exist. */
  save(rule: Rule): Promise<void>;
  /** Throws `VersionConflict` if it is not at this version. */
  remove(rule: Rule): Promise<void>;
}

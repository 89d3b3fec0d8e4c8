import type { BucketCustomers, Returning } from '../domain/customers.ts';
import type { Fact } from '../domain/fact.ts';
import type { Period } from '../domain/period.ts';
import type { BucketFunnel, SourceVisits } from '../domain/visits.ts';
import type { BucketSales } from '../domain/sales.ts';
import type { TermChoice, TermCount } from '../domain/searches.ts';
import type { SkuStock } from '../domain/stock-turns.ts';
import type { ProductSales } from '../domain/top-products.ts';

/** Counts facts, in whatever order they arrive and however often each does. */
export interface Warehouse {
  /** All of them or none. One that it has already changes nothing. */
  append(facts: readonly Fact[]): Promise<void>;
  /** Buckets with sales, in any order. */
  sales(period: Period): Promise<readonly BucketSales[]>;
  /** Of the whole period, sold or viewed most: in the order of `byUnits`. */
  topProducts(period: Period, limit: number): Promise<readonly ProductSales[]>;
  /** Buckets with visits, in any order. A visit is in the bucket in which it began. */
  funnel(period: Period): Promise<readonly BucketFunnel[]>;
  /** Of the visits that began in the period, in the order of `SOURCES`. */
  sources(period: Period): Promise<readonly SourceVisits[]>;
  /** Of the whole period, as of `topTerms`. */
  searches(period: Period, choice: TermChoice): Promise<readonly TermCount[]>;
  /** Buckets with paid orders, in any order. A paid order is in the bucket in which it was placed. */
  customers(period: Period): Promise<readonly BucketCustomers[]>;
  /** Customers whose first paid order of all was in the period, in any order. */
  returning(period: Period): Promise<readonly Returning[]>;
  /** SKUs that were counted before the end of the period, which has days as its buckets; in any order. */
  stock(period: Period): Promise<readonly SkuStock[]>;
  /** When the latest of its facts happened. */
  newest(): Promise<Date | undefined>;
  /** Adds up what was appended, so that the next read need not. */
  keepUp(): Promise<void>;
  close(): Promise<void>;
}

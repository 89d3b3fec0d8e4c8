import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { LakeRows } from './lake.ts';

/** The unit of work of analytics. */
export interface AnalyticsTx extends BaseTx {
  readonly shoppers: Shoppers;
  readonly lake: LakeRows;
}

/**
 * Pseudonyms of users: random, and the only way from what is kept about a shopper to an account. Without them it is about nobody.
 */
export interface Shoppers {
  /** By user; made for those who have none, unless they were forgotten. */
  of(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** By user; without those who have none. */
  known(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** For good: this user gets no other. Returns whether there was one. */
  forget(userId: string): Promise<boolean>;
}

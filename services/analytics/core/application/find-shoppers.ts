import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { AnalyticsTx } from '../ports/analytics-tx.ts';

/** Pseudonyms by user, of those who have one. */
export type FindShoppers = (userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Reveals to a service that knows a user what the lake, and models made from it, call them. Makes no pseudonym. */
export const makeFindShoppers =
  (unitOfWork: UnitOfWork<AnalyticsTx>): FindShoppers =>
  (userIds) =>
    unitOfWork.run(({ shoppers }) => shoppers.known(userIds));

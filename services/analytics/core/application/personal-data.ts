import { countsOf, type PersonalData } from '#kernel/personal-data.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { AnalyticsTx } from '../ports/analytics-tx.ts';

/** All that connects a user with what is kept here is their pseudonym. */
export const makePersonalData = (unitOfWork: UnitOfWork<AnalyticsTx>): PersonalData => ({
  read: ({ userId }) =>
    unitOfWork.run(async ({ shoppers }) => {
      const pseudonym = (await shoppers.known([userId])).get(userId);
      return { items: pseudonym === undefined ? [] : [{ kind: 'pseudonym', data: { pseudonym } }] };
    }),
  erase: ({ userId }) =>
    unitOfWork.run(async ({ shoppers }) => {
      const isForgotten = await shoppers.forget(userId);
      return { isDone: true, erased: countsOf({ kind: 'pseudonyms', count: isForgotten ? 1 : 0 }), kept: [] };
    }),
});

import type { Sweep } from '#adapters/service/sweeps.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY } from '#kernel/clock.ts';
import { QUESTIONS, REVIEWS } from '../adapters/kinds.ts';
import { makeRecordRefresh } from '../adapters/mongo/record-refresh.ts';
import type { Review } from '../core/domain/review.ts';
import type { StorageTools } from './storage.ts';

/** Brings up to date what earlier releases stored in documents. SQL has migrations for that. */
export const upgrades = (
  toolbox: StorageTools,
  rememberParticipations: (review: Review) => Promise<void>,
): Sweep[] => {
  const { store } = toolbox;
  if (store.kind !== 'mongo') return [];
  const { database } = store;
  const unitOfWork = mongoUnitOfWork(toolbox, store, (unit) => ({ unit }));
  const refreshQuestions = makeRecordRefresh(database, unitOfWork, QUESTIONS);
  const refreshReviews = makeRecordRefresh(database, unitOfWork, REVIEWS, rememberParticipations);
  return [
    { name: 'questions of earlier releases', everyMs: DAY, sweep: refreshQuestions },
    { name: 'reviews of earlier releases', everyMs: DAY, sweep: refreshReviews },
  ];
};

import type { Sweep } from '#adapters/service/sweeps.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { QUESTIONS, REVIEWS } from '../adapters/kinds.ts';
import { makeSettleAll } from '../adapters/mongo/following-ratings.ts';
import { makeRecordRefresh } from '../adapters/mongo/record-refresh.ts';
import type { Review } from '../core/domain/review.ts';
import { ratingsOnMongo, type StorageTools } from './storage.mongo.ts';

/** Brings ratings up to date, and what earlier releases stored in documents. SQL has units of several records, and migrations. */
export const mongoSweeps = (
  toolbox: StorageTools,
  rememberParticipations: (review: Review) => Promise<void>,
): Sweep[] => {
  const { store } = toolbox;
  if (store.kind !== 'mongo') return [];
  const { database } = store;
  const unitOfWork = mongoUnitOfWork(toolbox, store, (unit) => ({ unit }));
  const refreshQuestions = makeRecordRefresh(database, unitOfWork, QUESTIONS);
  const refreshReviews = makeRecordRefresh(database, unitOfWork, REVIEWS, rememberParticipations);
  const { settle } = ratingsOnMongo(toolbox, store);
  return [
    { name: 'ratings that lack a review', everyMs: MINUTE, sweep: makeSettleAll(database, settle) },
    { name: 'questions of earlier releases', everyMs: DAY, sweep: refreshQuestions },
    { name: 'reviews of earlier releases', everyMs: DAY, sweep: refreshReviews },
  ];
};

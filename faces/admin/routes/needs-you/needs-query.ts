import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api.ts';

/** In case the connection that reports changes is broken. */
const LIVE_MS = 60_000;
/** Of each kind; the rest follows when these are done. */
export const MOST = 50;

/** Orders with an open case, the oldest first. */
export const casesQuery = queryOptions({
  queryKey: ['orders', 'needs-you'],
  queryFn: () =>
    dataOf(
      api.GET('/api/v1/staff/orders', {
        params: { query: { view: 'needs_you', sort: 'oldest', limit: MOST } },
      }),
    ),
  refetchInterval: LIVE_MS,
});

/** Refused captures stay in the queue for so long. */
const LATELY_MS = 7 * 24 * 60 * 60_000;

/** Captures that were refused lately: the order was cancelled after it had been confirmed, so its customer waits for nothing. */
export const refusedCapturesQuery = queryOptions({
  queryKey: ['orders', 'needs-you', 'captures'],
  queryFn: () =>
    dataOf(
      api.GET('/api/v1/staff/payments', {
        params: {
          query: {
            failed_at: 'capture',
            from: new Date(Date.now() - LATELY_MS).toISOString(),
            limit: MOST,
          },
        },
      }),
    ),
  refetchInterval: LIVE_MS,
});

/** Items at or below their threshold. */
export const lowStockQuery = queryOptions({
  queryKey: ['stock', 'needs-you'],
  queryFn: () =>
    dataOf(api.GET('/api/v1/inventory/stock', { params: { query: { low: true, limit: MOST } } })),
  refetchInterval: LIVE_MS,
});

/** Questions that wait for a moderator, or for an answer. */
export const waitingQuestionsQuery = (awaiting: 'moderator' | 'answer') =>
  queryOptions({
    queryKey: ['questions', 'needs-you', awaiting],
    queryFn: () =>
      dataOf(api.GET('/api/v1/moderation/questions', { params: { query: { awaiting, limit: MOST } } })),
    refetchInterval: LIVE_MS,
  });

/** Reviews that wait for a moderator. */
export const waitingReviewsQuery = queryOptions({
  queryKey: ['reviews', 'needs-you'],
  queryFn: () => dataOf(api.GET('/api/v1/moderation/reviews', { params: { query: { limit: MOST } } })),
  refetchInterval: LIVE_MS,
});

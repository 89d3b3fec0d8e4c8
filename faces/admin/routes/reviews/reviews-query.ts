import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, auditReason, dataOf, isRefusal, type Schemas } from '../../api.ts';
import type { ReviewsView } from './view.ts';

export type Moderated = Schemas['ModeratedReview'];
export type RejectionReason = Schemas['RejectionReason'];

const PAGE = 50;

/** All that the queue knows of the API is here. */
export const reviewsQuery = ({ view }: ReviewsView) =>
  infiniteQueryOptions({
    queryKey: ['reviews', 'list', view ?? 'waiting'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/moderation/reviews', {
          params: {
            query: {
              limit: PAGE,
              ...(view === undefined ? {} : { status: view }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
  });

/** With its history and its reports, which lists leave out. */
export const reviewQuery = (reviewId: string) =>
  queryOptions({
    queryKey: ['reviews', 'one', reviewId],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/moderation/reviews/{review_id}', { params: { path: { review_id: reviewId } } }),
      ),
  });

/** The name of the product; null if customers can no longer see it. */
export const productNameQuery = (productId: string) =>
  queryOptions({
    queryKey: ['products', 'name', productId],
    queryFn: async (): Promise<string | null> => {
      try {
        return (
          await dataOf(
            api.GET('/api/v1/products/{product_id}', { params: { path: { product_id: productId } } }),
          )
        ).name;
      } catch (error) {
        if (isRefusal(error) && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });

export interface Verdict {
  readonly review: Moderated['review'];
  readonly decision: 'approve' | 'reject';
  readonly reason?: RejectionReason;
  readonly note?: string;
  /** For the audit trail. */
  readonly why?: string;
}

/** Refused with a code if the review has changed since it was read. */
export const decide = async ({
  review,
  decision,
  reason,
  note,
  why = '',
}: Verdict): Promise<{ readonly code?: string }> => {
  const { items } = await dataOf(
    api.POST('/api/v1/moderation/decisions', {
      params: { header: auditReason(why) },
      body: {
        items: [
          {
            review_id: review.review_id,
            version: review.version,
            decision,
            ...(reason === undefined ? {} : { reason }),
            ...(note === undefined || note === '' ? {} : { note }),
          },
        ],
      },
    }),
  );
  const [outcome] = items;
  return outcome?.is_done === false && outcome.code !== undefined ? { code: outcome.code } : {};
};

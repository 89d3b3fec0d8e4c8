import { isUser } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/review.ts';
import type { Decision, makeDecide, makeReply } from '../../core/application/moderate.ts';
import type { makeReport, makeVote } from '../../core/application/take-part.ts';
import { REVIEW_NOT_FOUND } from '../../core/application/tools.ts';
import type {
  makeAppealReview,
  makeCreateReview,
  makeDeleteReview,
  makeEditReview,
} from '../../core/application/write-reviews.ts';
import { ratingOf } from '../../core/domain/rating.ts';
import type { ListedReview } from '../../core/domain/review.ts';
import type { PurchaseQueries, ReviewQueries } from '../../core/ports/review-queries.ts';
import type { ReviewCode } from './errors.ts';
import { fromModerated, fromPage, fromReview, fromWhole, toOpinion } from './mapping.ts';
import { byUser } from './by-user.ts';
import { makeQuestionHandlers, type QuestionUseCases } from './questions.ts';
import { POLICY } from './policy.ts';

type Schemas = components['schemas'];

export interface ReviewUseCases extends QuestionUseCases {
  readonly createReview: ReturnType<typeof makeCreateReview>;
  readonly editReview: ReturnType<typeof makeEditReview>;
  readonly deleteReview: ReturnType<typeof makeDeleteReview>;
  readonly appealReview: ReturnType<typeof makeAppealReview>;
  readonly vote: ReturnType<typeof makeVote>;
  readonly report: ReturnType<typeof makeReport>;
  readonly decide: ReturnType<typeof makeDecide>;
  readonly reply: ReturnType<typeof makeReply>;
  readonly queries: ReviewQueries;
  readonly purchases: PurchaseQueries;
  readonly personalData: PersonalData;
}

const NOT_YOURS = refuse('FORBIDDEN', 'This belongs to another user.');

const toDecision = ({ review_id, version, ...item }: Schemas['Decisions']['items'][number]): Decision => ({
  reviewId: review_id,
  version,
  verdict:
    item.decision === 'approve'
      ? { decision: 'approve' }
      : { decision: 'reject', reason: item.reason ?? 'other', note: item.note },
});

/** On MongoDB, decisions that come together share the count of their product's reviews. */
const DECIDED_AT_ONCE = 8;

export const makeHandlers = (useCases: ReviewUseCases): Handlers<operations, ReviewCode> => {
  const { queries, purchases } = useCases;
  const ordersOf = (reviews: readonly ListedReview[]) =>
    purchases.findAll(reviews.map(({ orderId }) => orderId));
  const bodyOf = async (review: ListedReview, isPrivy = true): Promise<Schemas['Review']> =>
    fromReview(review, { purchases: await ordersOf([review]), isPrivy });
  const answer = async (review: ListedReview) => ({
    status: 200 as const,
    headers: { ETag: etag(review.version) },
    body: await bodyOf(review),
  });
  const outcomeOf = async (decision: Decision): Promise<Schemas['Outcomes']['items'][number]> => {
    const decided = await useCases.decide(decision);
    return {
      review_id: decision.reviewId,
      is_done: decided.ok,
      ...(decided.ok ? { version: decided.value.version } : { code: decided.error.code }),
    };
  };

  return {
    ...makeQuestionHandlers(useCases),
    ...personalDataHandlers(useCases.personalData),
    listReviews: async ({ path, query }) => {
      const { sort = 'newest', limit = 24, rating, cursor } = query;
      const productId = path.product_id.toLowerCase();
      const [page, histogram] = await Promise.all([
        queries.page({ productId, sort, limit, rating, cursor }),
        queries.histogram(productId),
      ]);
      if (!page.ok) return page;
      const seen = { purchases: await ordersOf(page.value.items), isPrivy: false };
      return {
        status: 200,
        body: {
          ...fromPage(page.value, (review) => fromReview(review, seen)),
          rating: fromHistogram(histogram),
        },
      };
    },
    getRating: async ({ path }) => ({
      status: 200,
      body: fromHistogram(await queries.histogram(path.product_id.toLowerCase())),
    }),
    getReviewPolicy: () => Promise.resolve({ status: 200, body: POLICY }),
    createReview: async ({ principal, path, body, idempotency }) =>
      byUser(principal, async ({ userId, name }) => {
        const command = {
          productId: path.product_id.toLowerCase(),
          userId,
          name,
          opinion: toOpinion(body),
          mediaIds: body.media_ids ?? [],
        };
        const created = await useCases.createReview(command, idempotency);
        if (!created.ok) return created;
        const { id, version } = created.value;
        return {
          status: 201,
          headers: { ETag: etag(version), Location: `/api/v1/reviews/${id}` },
          body: await bodyOf(created.value),
        };
      }),
    getReview: async ({ principal, path }) => {
      const review = await queries.find(path.review_id);
      const isOwn = review !== undefined && isUser(principal, review.userId);
      if (!review || (review.status !== 'approved' && !isOwn)) return REVIEW_NOT_FOUND;
      return {
        status: 200,
        headers: { ETag: etag(review.version) },
        body: await bodyOf(review, isOwn),
      };
    },
    updateReview: async ({ principal, path, body, ifMatch }) =>
      byUser(principal, async ({ userId }) => {
        const own = { reviewId: path.review_id, userId, basedOn: ifMatch };
        const edited = await useCases.editReview(own, toOpinion(body), body.media_ids ?? []);
        return edited.ok ? answer(edited.value) : edited;
      }),
    deleteReview: async ({ principal, path, ifMatch }) =>
      byUser(principal, async ({ userId }) => {
        const own = { reviewId: path.review_id, userId, basedOn: ifMatch };
        const deleted = await useCases.deleteReview(own);
        return deleted.ok ? { status: 204 } : deleted;
      }),
    appealReview: async ({ principal, path, body }) =>
      byUser(principal, async ({ userId }) => {
        const appealed = await useCases.appealReview({ reviewId: path.review_id, userId }, body.text);
        return appealed.ok ? answer(appealed.value) : appealed;
      }),
    voteOnReview: async ({ principal, path, body }) => {
      if (!isUser(principal, path.user_id)) return NOT_YOURS;
      const voted = await useCases.vote(path.review_id, path.user_id, body.is_helpful);
      return voted.ok ? { status: 200, body: { helpful_votes: voted.value.helpful } } : voted;
    },
    removeVote: async ({ principal, path }) => {
      if (!isUser(principal, path.user_id)) return NOT_YOURS;
      const removed = await useCases.vote(path.review_id, path.user_id);
      return removed.ok ? { status: 204 } : removed;
    },
    reportReview: async ({ principal, path, body }) =>
      byUser(principal, async ({ userId }) => {
        const reported = await useCases.report(path.review_id, userId, body.reason);
        return reported.ok ? { status: 204 } : reported;
      }),
    listReviewsOfUser: async ({ principal, path, query }) => {
      if (!isUser(principal, path.user_id)) return NOT_YOURS;
      const { limit = 24, cursor, product_id: productId } = query;
      const page = await queries.ofUser({ userId: path.user_id, productId, limit, cursor });
      if (!page.ok) return page;
      const seen = { purchases: await ordersOf(page.value.items), isPrivy: true };
      return { status: 200, body: fromPage(page.value, (review) => fromReview(review, seen)) };
    },
    replyToReview: async ({ path, body }) => {
      const replied = await useCases.reply(path.review_id, body.text);
      return replied.ok ? answer(replied.value) : replied;
    },
    removeReply: async ({ path }) => {
      const removed = await useCases.reply(path.review_id);
      return removed.ok ? { status: 204 } : removed;
    },
    listModeratedReviews: async ({ query }) => {
      const page = await queries.queue({ ...query, limit: query.limit ?? 24 });
      if (!page.ok) return page;
      const orders = await ordersOf(page.value.items);
      return { status: 200, body: fromPage(page.value, (review) => fromModerated(review, orders)) };
    },
    getModeratedReview: async ({ path }) => {
      const review = await queries.find(path.review_id);
      if (!review) return REVIEW_NOT_FOUND;
      return {
        status: 200,
        headers: { ETag: etag(review.version) },
        body: fromWhole(review, await ordersOf([review])),
      };
    },
    decideReviews: async ({ body }) => {
      const items: Schemas['Outcomes']['items'] = [];
      const decisions = body.items.map(toDecision);
      for (let start = 0; start < decisions.length; start += DECIDED_AT_ONCE)
        items.push(...(await Promise.all(decisions.slice(start, start + DECIDED_AT_ONCE).map(outcomeOf))));
      return { status: 200, body: { items } };
    },
  };
};

const fromHistogram = (histogram: Parameters<typeof ratingOf>[0]): Schemas['Rating'] => {
  const { average, count } = ratingOf(histogram);
  return { average, count, histogram: [...histogram] };
};

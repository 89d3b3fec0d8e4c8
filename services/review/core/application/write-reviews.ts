import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import {
  appealReview,
  authorOf,
  checkOpinion,
  checkText,
  deleteReview,
  editReview,
  writeReview,
  type InvalidText,
  type NotAppealable,
  type Opinion,
  type Review,
  type TooManyEdits,
} from '../domain/review.ts';
import type { PurchaseQueries, ReviewQueries } from '../ports/review-queries.ts';
import type { MediaLibrary, UnknownMedia } from '../ports/media-library.ts';
import type { ReviewScreen } from '../ports/review-screen.ts';
import {
  findReview,
  isAt,
  REVIEW_NOT_FOUND,
  saveReview,
  type ReviewNotFound,
  type Stale,
  type Tools,
} from './tools.ts';

export interface CreateReview {
  readonly productId: string;
  readonly userId: string;
  /** First and last name. */
  readonly name: string;
  readonly opinion: Opinion;
  readonly mediaIds: readonly string[];
}

type NotPurchased = Refusal<'NOT_PURCHASED'>;
type AlreadyReviewed = Refusal<'ALREADY_REVIEWED'>;

const NOT_PURCHASED = refuse(
  'NOT_PURCHASED',
  'Only products of a delivered order that were not refunded can be reviewed.',
);

/** The opinion with what it shows. */
const illustrated = async (
  library: MediaLibrary,
  opinion: Opinion,
  mediaIds: readonly string[],
  userId: string,
): Promise<Result<Opinion, InvalidText | UnknownMedia>> => {
  const checked = checkOpinion(opinion);
  if (!checked.ok || mediaIds.length === 0) return checked;
  const media = await library.find(mediaIds, userId);
  return media.ok ? ok({ ...checked.value, media: media.value }) : media;
};

/** Refuses a second review by the customer, also of two at the same time. */
export const makeCreateReview =
  (
    tools: Tools,
    ids: Ids,
    purchases: Pick<PurchaseQueries, 'entitling'>,
    screen: ReviewScreen,
    library: MediaLibrary,
  ) =>
  async (
    { productId, userId, name, opinion, mediaIds }: CreateReview,
    key?: IdempotencyKey,
  ): Promise<
    Result<Review, InvalidText | UnknownMedia | NotPurchased | AlreadyReviewed | IdempotencyRefusal>
  > => {
    const checked = await illustrated(library, opinion, mediaIds, userId);
    if (!checked.ok) return checked;
    const { title, text } = checked.value; // not the rating
    const screened = await screen.screen({ authorId: userId, productId, title, text });
    const order = await purchases.entitling(userId, productId);
    const recall = (kept: unknown): Review => kept as Review; // only this use case stores outcomes under its keys
    return once(
      tools.unitOfWork,
      key,
      recall,
      async (tx): Promise<Result<Review, NotPurchased | AlreadyReviewed>> => {
        if (await tx.reviews.ofAuthor(userId, productId))
          return refuse('ALREADY_REVIEWED', 'You have reviewed this product: edit your review instead.');
        if (!order) return NOT_PURCHASED;
        const draft = { id: ids.next(), productId, userId, orderId: order.id, author: authorOf(name) };
        const review = writeReview(draft, checked.value, screened, tools.clock.now().toISOString());
        await saveReview(tools, tx, 'review.created', review);
        return ok(review);
      },
    );
  };

/** A review of one's own. */
export interface Own {
  readonly reviewId: string;
  readonly userId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn?: number | undefined;
}

const findOwn = async (
  tx: Parameters<typeof findReview>[0],
  { reviewId, userId, basedOn }: Own,
): Promise<Result<Review, ReviewNotFound | Stale>> => {
  const found = await findReview(tx, reviewId);
  if (!found.ok) return found;
  return found.value.userId === userId ? isAt(found.value, basedOn) : REVIEW_NOT_FOUND;
};

export const makeEditReview =
  (tools: Tools, queries: Pick<ReviewQueries, 'find'>, screen: ReviewScreen, library: MediaLibrary) =>
  async (
    own: Own,
    opinion: Opinion,
    mediaIds: readonly string[],
  ): Promise<Result<Review, ReviewNotFound | Stale | InvalidText | UnknownMedia | TooManyEdits>> => {
    const { reviewId, userId } = own;
    if ((await queries.find(reviewId))?.userId !== userId) return REVIEW_NOT_FOUND;
    const checked = await illustrated(library, opinion, mediaIds, userId);
    if (!checked.ok) return checked;
    const { title, text } = checked.value;
    const screened = await screen.screen({ reviewId, authorId: userId, title, text });
    return tools.unitOfWork.run(async (tx) => {
      const found = await findOwn(tx, own);
      if (!found.ok) return found;
      const edited = editReview(found.value, checked.value, screened, tools.clock.now().toISOString());
      if (edited.ok) await saveReview(tools, tx, 'review.updated', edited.value, found.value);
      return edited;
    });
  };

export const makeDeleteReview =
  (tools: Tools) =>
  (own: Own): Promise<Result<undefined, ReviewNotFound | Stale>> =>
    tools.unitOfWork.run(async (tx) => {
      const found = await findOwn(tx, own);
      if (!found.ok) return found;
      const deleted = deleteReview(found.value, tools.clock.now().toISOString());
      await saveReview(tools, tx, 'review.deleted', deleted, found.value);
      return ok(undefined);
    });

export const makeAppealReview =
  (tools: Tools) =>
  (own: Own, text: string): Promise<Result<Review, ReviewNotFound | Stale | InvalidText | NotAppealable>> =>
    tools.unitOfWork.run(async (tx) => {
      const found = await findOwn(tx, own);
      if (!found.ok) return found;
      const checked = checkText('appeal', text);
      if (!checked.ok) return checked;
      const appealed = appealReview(found.value, checked.value, tools.clock.now().toISOString());
      if (appealed.ok) await saveReview(tools, tx, 'review.updated', appealed.value, found.value);
      return appealed;
    });

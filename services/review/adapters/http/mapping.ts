import type { Page } from '#kernel/pages.ts';
import type { components } from '#openapi/generated/review.ts';
import { isRefunded, type Purchase } from '../../core/domain/purchase.ts';
import type { ListedReview, Opinion, Review, ReviewMedia } from '../../core/domain/review.ts';

type Schemas = components['schemas'];

/** A page in its wire format. */
export const fromPage = <T, Body>({ items, next }: Page<T>, bodyOf: (item: T) => Body) => ({
  items: items.map(bodyOf),
  ...(next !== undefined && { next_cursor: next }),
});

export const toOpinion = ({
  incentivised = false,
  media_ids: _,
  ...input
}: Schemas['ReviewInput']): Opinion => ({
  ...input,
  incentivised,
});

const fromMedia = ({ mediaId, thumbnailUrl, ...media }: ReviewMedia): Schemas['ReviewMedia'] => ({
  media_id: mediaId,
  ...media,
  ...(thumbnailUrl !== undefined && { thumbnail_url: thumbnailUrl }),
});

/** What a reader of a review knows and may know. */
export interface Seen {
  readonly purchases: ReadonlyMap<string, Purchase>;
  /** Its author or a moderator. */
  readonly isPrivy: boolean;
}

export const fromReview = (review: ListedReview, { purchases, isPrivy }: Seen): Schemas['Review'] => {
  const purchase = purchases.get(review.orderId);
  const isPaidBack = purchase !== undefined && isRefunded(purchase, review.productId);
  const { reply, rejection } = review;
  return {
    review_id: review.id,
    product_id: review.productId,
    version: review.version,
    rating: review.rating,
    title: review.title,
    text: review.text,
    language: review.language,
    author: review.author,
    incentivised: review.incentivised,
    is_verified_purchase: !isPaidBack,
    purchase: isPaidBack ? 'refunded' : 'verified',
    helpful_votes: review.helpful,
    is_edited: review.isEdited,
    ...(review.media && review.media.length > 0 && { media: review.media.map(fromMedia) }),
    ...(reply && { reply: { text: reply.text, created_at: reply.at } }),
    ...(isPrivy && review.status !== 'deleted' && { status: review.status }),
    ...(isPrivy && rejection && { rejection: fromRejection(rejection) }),
    ...(isPrivy && review.appeal && { is_appealed: true }),
    created_at: review.createdAt,
    updated_at: review.updatedAt,
  };
};

const fromRejection = ({
  reason,
  note,
  at,
}: NonNullable<ListedReview['rejection']>): Schemas['Rejection'] => ({
  reason,
  ...(note === undefined ? {} : { note }),
  rejected_at: at,
});

/** For lists of moderators. */
export const fromModerated = (
  review: ListedReview,
  purchases: Seen['purchases'],
): Schemas['ModeratedReview'] => ({
  review: fromReview(review, { purchases, isPrivy: true }),
  user_id: review.userId,
  order_id: review.orderId,
  reasons: [...review.reasons],
  ...(review.appeal && { appeal: review.appeal.text }),
});

/** With all that a moderator can know. */
export const fromWhole = (review: Review, purchases: Seen['purchases']): Schemas['ModeratedReview'] => ({
  ...fromModerated(review, purchases),
  history: review.history.map(({ until, ...opinion }) => ({ ...opinion, replaced_at: until })),
  reports: review.reports.map(({ userId, reason, at }) => ({ user_id: userId, reason, reported_at: at })),
});

import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { Clock } from '#kernel/clock.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import type { makeFollowProducts } from '../../core/application/follow-products.ts';
import { followHolders } from '../../core/application/references.ts';
import type { Holding } from '../../core/domain/holder.ts';
import { parseName } from '../../core/domain/preset.ts';
import type { Shown } from '../../core/domain/usage.ts';
import type { MediaTx } from '../../core/ports/media-tx.ts';

type ReviewEvent =
  'review.created' | 'review.updated' | 'review.approved' | 'review.rejected' | 'review.deleted';

const ofReview = ({
  review_id,
  user_id,
  version,
  status,
  media_ids,
}: EventPayloads[ReviewEvent]): readonly Holding[] =>
  media_ids === undefined
    ? []
    : [
        {
          holderId: review_id,
          ownerId: user_id,
          version,
          mediaIds: media_ids,
          purpose: 'review',
          isPublic: status === 'approved',
        },
      ];

/** Nobody else sees a profile, so nobody else sees its avatar. */
const ofProfile = ({
  user_id,
  version,
  avatar_media_id,
}: EventPayloads['user.profile.updated']): Holding => ({
  holderId: user_id,
  ownerId: user_id,
  version,
  mediaIds: avatar_media_id === undefined ? [] : [avatar_media_id],
  purpose: 'avatar',
  isPublic: false,
});

/** In any URL of a file, also that of a CDN. */
const FILE = /\/api\/v1\/media\/files\/(?<name>[^/?#]+)/;

const contentOf = (url: string): readonly string[] => {
  const { sha256 } = parseName(FILE.exec(url)?.groups?.['name'] ?? '') ?? {};
  return sha256 === undefined ? [] : [sha256];
};

const ofProduct = ({ product_id, version, variants }: EventPayloads['product.created']): Shown => ({
  pageId: product_id,
  version,
  contents: [...new Set(variants.flatMap(({ images }) => images.flatMap(contentOf)))],
});

const ofPage = ({ page_id, version, picture_url }: EventPayloads['page.picture_changed']): Shown => ({
  pageId: page_id,
  version,
  contents: picture_url === undefined ? [] : contentOf(picture_url),
});

/** Which media reviews, profiles, products, categories and collections show. The order of events does not matter. */
export const mediaHandlers = (
  clock: Clock,
  followProducts: ReturnType<typeof makeFollowProducts>,
): Handlers<MediaTx> => {
  const followReviews = (tx: MediaTx, events: readonly EventEnvelope<ReviewEvent>[]): Promise<void> =>
    followHolders(
      tx,
      events.flatMap(({ payload }) => ofReview(payload)),
      clock.now(),
    );
  const followStates = (
    tx: MediaTx,
    events: readonly EventEnvelope<'product.created' | 'product.updated'>[],
  ): Promise<void> =>
    followProducts(
      tx,
      events.map(({ payload }) => ofProduct(payload)),
      clock.now(),
    );
  return {
    'review.created': followReviews,
    'review.updated': followReviews,
    'review.approved': followReviews,
    'review.rejected': followReviews,
    'review.deleted': followReviews,
    'user.profile.updated': (tx, events) =>
      followHolders(
        tx,
        events.map(({ payload }) => ofProfile(payload)),
        clock.now(),
      ),
    'product.created': followStates,
    'product.updated': followStates,
    'page.picture_changed': (tx, events) =>
      followProducts(
        tx,
        events.map(({ payload }) => ofPage(payload)),
        clock.now(),
      ),
    'product.deleted': (tx, events) =>
      followProducts(
        tx,
        events.map(({ payload: { product_id, version } }) => ({
          pageId: product_id,
          version,
          contents: [],
        })),
        clock.now(),
      ),
  };
};

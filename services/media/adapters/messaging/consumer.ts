import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { Clock } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { followHolders } from '../../core/application/references.ts';
import type { MediaTx } from '../../core/ports/media-tx.ts';

type ReviewEvent =
  'review.created' | 'review.updated' | 'review.approved' | 'review.rejected' | 'review.deleted';

/** Which media reviews show. The order of events does not matter. */
export const reviewHandlers = (clock: Clock): Handlers<MediaTx> => {
  const follow = (tx: MediaTx, events: readonly EventEnvelope<ReviewEvent>[]): Promise<void> =>
    followHolders(
      tx,
      events.flatMap(({ payload: { review_id, user_id, version, media_ids } }) =>
        media_ids === undefined
          ? []
          : [{ holderId: review_id, ownerId: user_id, version, mediaIds: media_ids }],
      ),
      clock.now(),
    );
  return {
    'review.created': follow,
    'review.updated': follow,
    'review.approved': follow,
    'review.rejected': follow,
    'review.deleted': follow,
  };
};

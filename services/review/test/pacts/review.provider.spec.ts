import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { idOf, opinion, PICTURE, reviewsForEachTest } from '../review.rig.ts';

describe('the review service', () => {
  const { service, call, decide, written, moderate } = reviewsForEachTest();
  const illustrated = () => written({ media_ids: [PICTURE] });
  const judged = async (verdict: object) => {
    const review = await illustrated();
    await decide({ review_id: idOf(review), version: 1, ...verdict });
  };
  keepsItsContracts('review', () => ({
    service,
    states: { 'nothing is known about a person': async () => undefined },
    events: {
      ...announcing(service.toolbox.announced, {
        'review.created': illustrated,
        'review.updated': async () => {
          const review = await illustrated();
          const path = `/api/v1/reviews/${idOf(review)}`;
          await call(review.userId, 'PUT', path, opinion({ media_ids: [PICTURE] }));
        },
        'review.approved': () => judged({ decision: 'approve' }),
        'review.rejected': () => judged({ decision: 'reject', reason: 'spam' }),
        'review.deleted': async () => {
          const review = await illustrated();
          await call(review.userId, 'DELETE', `/api/v1/reviews/${idOf(review)}`);
        },
        'review.rating_changed': () => written(),
      }),
      ...announcing(service.toolbox.audited, {
        'staff.acted': async () => {
          const { body } = await written();
          await moderate('PUT', `/api/v1/reviews/${String(body.review_id)}/reply`, { text: 'Thank you.' });
        },
      }),
    },
  }));
});

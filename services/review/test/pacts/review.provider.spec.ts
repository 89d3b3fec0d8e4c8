import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { idOf, opinion, reviewsForEachTest } from '../review.rig.ts';

describe('the review service', () => {
  const { service, call, decide, written, moderate, settle } = reviewsForEachTest();
  const judge = async (verdict: object): Promise<void> => {
    await decide({ review_id: idOf(await written()), version: 1, ...verdict });
  };
  keepsItsContracts('review', () => ({
    service,
    states: { 'nothing is known about a person': async () => undefined },
    events: {
      ...announcing(service.toolbox.announced, {
      'review.created': () => written(),
      'review.updated': async () => {
        const review = await written();
        await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, opinion({ title: 'Warm' }));
      },
      'review.approved': () => judge({ decision: 'approve' }),
      'review.rejected': () => judge({ decision: 'reject', reason: 'spam' }),
      'review.deleted': async () => {
        const review = await written();
        await call(review.userId, 'DELETE', `/api/v1/reviews/${idOf(review)}`);
      },
      'review.rating_changed': async () => {
        await written();
        await settle();
      },
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

import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { reviewsForEachTest } from '../review.rig.ts';

describe('the review service', () => {
  const { service, written, settle } = reviewsForEachTest();
  keepsItsContracts('review', () => ({
    service,
    states: {},
    events: announcing(service.toolbox.announced, {
      'review.created': async () => {
        await written();
      },
      'review.rating_changed': async () => {
        await written();
        await settle();
      },
    }),
  }));
});

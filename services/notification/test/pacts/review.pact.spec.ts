import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryNotificationQueries } from '../../adapters/memory/memory-notifications.ts';
import { notification } from '../../main/module.ts';
import { ORDER } from './mails.rig.ts';

import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'review', (contract) => {
  passesOn(
    contract,
    'review.updated',
    'review.approved',
    'review.rejected',
    'review.deleted',
    'review.rating_changed',
  );

  it('for which order there is a review, to ask for none', () =>
    contract.hears('review.created', { order_id: uuid(ORDER) }, async (event) => {
      const { database, hear } = await openSubscriber(notification);
      await hear(event);
      expect(await memoryNotificationQueries(database).isReviewed(ORDER)).toBe(true);
    }));
});

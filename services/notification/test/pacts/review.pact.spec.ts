import { describeContract } from '#test/kit/pact/contract.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'review', (contract) => {
  passesOn(
    contract,
    'review.created',
    'review.updated',
    'review.approved',
    'review.rejected',
    'review.deleted',
    'review.rating_changed',
  );
});

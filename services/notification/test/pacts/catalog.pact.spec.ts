import { describeContract } from '#test/kit/pact/contract.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'catalog', (contract) => {
  passesOn(contract, 'product.created', 'product.updated', 'product.deleted');
});

import { describeContract } from '#test/kit/pact/contract.ts';
import { passesOn } from './webhooks.rig.ts';

describeContract('notification', 'inventory', (contract) => {
  passesOn(contract, 'inventory.availability_changed', 'inventory.low_stock', 'inventory.out_of_stock');
});

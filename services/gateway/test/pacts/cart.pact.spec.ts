import { describeContract } from '#test/kit/pact/contract.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'cart', (contract) => {
  isOverseen(contract, 'cart');
});

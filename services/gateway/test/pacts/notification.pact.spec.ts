import { describeContract } from '#test/kit/pact/contract.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'notification', (contract) => {
  isOverseen(contract, 'notification');
});

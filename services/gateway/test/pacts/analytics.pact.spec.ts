import { describeContract } from '#test/kit/pact/contract.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'analytics', (contract) => {
  isOverseen(contract, 'analytics');
});

import { describeContract } from '#test/kit/pact/contract.ts';
import { ID, reports } from './changes.rig.ts';
import { isOverseen } from './staff.rig.ts';

describeContract('gateway', 'payment', (contract) => {
  isOverseen(contract, 'payment');
  reports(contract, ['payment.successful', 'payment.refunded', 'payment.refund_failed'], [`order ${ID}`]);
});

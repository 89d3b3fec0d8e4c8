import { describeContract } from '#test/kit/pact/contract.ts';
import { ID, reports } from './changes.rig.ts';

describeContract('gateway', 'payment', (contract) => {
  reports(contract, ['payment.successful', 'payment.refunded', 'payment.refund_failed'], [`order ${ID}`]);
});

import { describeContract } from '#test/kit/pact/contract.ts';
import { ID, LINES, reports, reportsActs, VARIANT } from './changes.rig.ts';

describeContract('gateway', 'order', (contract) => {
  reports(
    contract,
    [
      'order.placed',
      'order.claimed',
      'order.confirmed',
      'order.shipped',
      'order.delivered',
      'order.held',
      'order.released',
      'order.cancel_requested',
      'order.reship_requested',
      'order.refunded',
      'order.refund_settled',
    ],
    [`order ${ID}`],
  );
  reports(contract, ['order.case_opened', 'order.case_resolved'], [`order ${ID}`, `case ${ID}`]);
  reports(
    contract,
    [
      'return.requested',
      'return.approved',
      'return.rejected',
      'return.received',
      'return.refunded',
      'return.exchanged',
      'return.cancelled',
    ],
    [`return ${ID}`],
  );
  reports(contract, ['order.cancelled'], [`order ${ID}`, `stock ${VARIANT}`], LINES);
  reportsActs(contract, 'order', 'order');
});

import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, moment, number, string, uuid } from '#test/kit/pact/matchers.ts';
import { ID, LINES, reports, reportsActs, VARIANT } from './changes.rig.ts';
import { isOverseen, isSearched } from './staff.rig.ts';

describeContract('gateway', 'order', (contract) => {
  isOverseen(contract, 'order');
  isSearched(contract, 'order', {
    kind: 'orders',
    given: 'there is an order with the SKU K-1',
    q: 'K-1',
    role: 'order_manager',
    item: {
      order_id: uuid(ID),
      number: string('J6SW-3T35'),
      status: string('pending'),
      currency: currency(),
      total_amount: number(29.75),
      placed_at: moment('2026-03-01T12:00:00.000Z'),
      customer: { name: string('Sam Shopper'), email: string('sam@example.com') },
    },
    found: {
      order_id: ID,
      number: 'J6SW-3T35',
      status: 'pending',
      currency: 'EUR',
      total_amount: 29.75,
      placed_at: '2026-03-01T12:00:00.000Z',
      customer: { name: 'Sam Shopper', email: 'sam@example.com' },
    },
  });
  reports(
    contract,
    [
      'order.placed',
      'order.address_changed',
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
      'return.payment_requested',
      'return.exchanged',
      'return.cancelled',
    ],
    [`return ${ID}`],
  );
  reports(contract, ['order.cancelled'], [`order ${ID}`, `stock ${VARIANT}`], LINES);
  reportsActs(contract, 'order', 'order');
});

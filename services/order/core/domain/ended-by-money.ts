import { withClosed, type CaseEntry } from './cases.ts';
import type { Order } from './order.ts';
import { isPaidBack } from './refunds.ts';
import { isToBeSent } from './standing.ts';

type Ended = Pick<Order, 'status' | 'cases' | 'refunds'>;

/** An order of which no money is left is over, unless a parcel is about to be sent. Goods may still come back. */
export const endedByMoney = (order: Order, entry: CaseEntry): Ended => {
  const { status, cases, refunds } = order;
  if (!isPaidBack(order) || isToBeSent(order)) return { status, cases, refunds };
  if (status === 'cancelled')
    // What was refused before has gone back with the rest.
    return {
      status,
      cases: withClosed(cases, ({ kind }) => kind === 'refund_failed', entry),
      refunds: refunds.map((one) => (one.status === 'failed' ? { ...one, status: 'dropped' } : one)),
    };
  return {
    status: 'refunded',
    cases: withClosed(cases, ({ kind }) => kind === 'lost' || kind === 'overdue', entry),
    refunds,
  };
};

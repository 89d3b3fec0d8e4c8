import { withClosed, type CaseEntry } from './cases.ts';
import type { Order } from './order.ts';
import { isPaidBack } from './refunds.ts';
import { isToBeSent } from './standing.ts';

/** An order of which no money is left is over, unless a parcel is about to be sent. Goods may still come back. */
export const endedByMoney = (order: Order, entry: CaseEntry): Pick<Order, 'status' | 'cases'> => {
  const { status, cases } = order;
  if (!isPaidBack(order) || status === 'cancelled' || isToBeSent(order)) return { status, cases };
  return {
    status: 'refunded',
    cases: withClosed(cases, ({ kind }) => kind === 'lost' || kind === 'overdue', entry),
  };
};

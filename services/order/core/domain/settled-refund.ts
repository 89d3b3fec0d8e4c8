import type { OrderEventOf } from './events.ts';
import type { Order } from './order.ts';
import type { Refund } from './refunds.ts';

/** The refused refund that a decision of staff has settled, because the customer got the money in another way. */
export const settledBy = (
  { caseId, resolution }: Pick<OrderEventOf<'case-resolved'>, 'caseId' | 'resolution'>,
  { cases, refunds }: Pick<Order, 'cases' | 'refunds'>,
): Refund | undefined => {
  const decided = resolution === 'dismiss' && cases.find((one) => one.caseId === caseId);
  if (!decided || decided.kind !== 'refund_failed') return undefined;
  return refunds.find(
    ({ refundKey, status, amountMinor }) =>
      refundKey === decided.refundKey && status === 'settled' && amountMinor > 0,
  );
};

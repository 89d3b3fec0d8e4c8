import { after, DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Order } from './order.ts';
import type { Refund, RefundRequest } from './refunds.ts';
import type { Offer } from './returns/return.ts';
import { timerKey, type Wait, type Waiting } from './order-state.ts';

/** Durable tasks of orders: commands to payment, and timers. */

export const CAPTURE = 'order.capture';
export const REFUND = 'order.refund';
export const TIMER = 'order.timer';
export const CLAIM = 'order.claim';
export const SETTLE = 'order.settle_return';
export const INVOICE = 'order.invoice';

/** Timeouts of waits for upstreams, milliseconds. */
export type Patience = Readonly<Record<Waiting, number>>;

export const PATIENCE: Patience = {
  pending: 15 * MINUTE,
  confirmed: 24 * HOUR,
  cancelling: HOUR,
  shipped: 30 * DAY,
  replacement: 15 * MINUTE,
};

export const captureKey = (orderId: string): string => `${orderId}:capture`;

export const captureTask = (orderId: string): NewTask => ({
  key: captureKey(orderId),
  kind: CAPTURE,
  payload: { orderId },
});

export const invoiceTask = (orderId: string): NewTask => ({
  key: `${orderId}:invoice`,
  kind: INVOICE,
  payload: { orderId },
});

/** The credit note of a refund that was paid out. */
export const creditTask = (orderId: string, refundKey: string): NewTask => ({
  key: `${orderId}:credit:${refundKey}`,
  kind: INVOICE,
  payload: { orderId },
});

export const refundTask = (
  { orderId, currency }: Pick<Order, 'orderId' | 'currency'>,
  { parts: _, returnId: __, ...refund }: RefundRequest,
): NewTask => ({
  key: `${orderId}:refund:${refund.refundKey}`,
  kind: REFUND,
  payload: { orderId, currency, ...refund },
});

/** Looks whether the return of a refund has its money; none if the refund is of no return. @param why unique within the order */
export const settleTask = (
  { orderId }: Pick<Order, 'orderId'>,
  { returnId }: Refund,
  why: string,
): NewTask | undefined =>
  returnId === undefined
    ? undefined
    : { key: `${orderId}:settle:${why}`, kind: SETTLE, payload: { returnId } };

/** Looks whether the goods of a return are replaced; none if the order replaces nothing. @param why unique within the order */
export const exchangeTask = ({ orderId, exchangeFor }: Order, why: string): NewTask | undefined =>
  exchangeFor && {
    key: `${orderId}:settle:${why}`,
    kind: SETTLE,
    payload: { returnId: exchangeFor.returnId },
  };

/** Looks whether what was offered in exchange is paid, when its time is over. @param version of the return: a later offer has its own task */
export const offerTask = (returnId: string, { until }: Offer, version: number): NewTask => ({
  key: `${returnId}:offer:${version}`,
  kind: SETTLE,
  payload: { returnId },
  runAt: new Date(until),
});

/** Gives guests' orders with the address to the user who owns it, if there is one. @param key of what is new: an order, or a proof */
export const claimTaskFor = (email: string, key: string): NewTask => ({
  key: `claim:${key}`,
  kind: CLAIM,
  payload: { email },
});

/**
 * Proofs and orders each schedule a task, so that whichever is committed last has a task that sees both.
 */
export const claimTask = ({ orderId, customer }: Pick<Order, 'orderId' | 'customer'>): NewTask =>
  claimTaskFor(customer.email, orderId);

/** @param at start of the wait, RFC 3339 */
export const timerTask = (order: Order, wait: Wait, at: string, patience: Patience): NewTask => ({
  key: timerKey(order, wait),
  kind: TIMER,
  payload: { orderId: order.orderId, ...wait },
  runAt: after(new Date(at), patience[wait.waitedIn]),
});

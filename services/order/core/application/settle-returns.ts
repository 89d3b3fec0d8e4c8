import type { Cause } from '#kernel/events.ts';
import { runOne } from '#kernel/process.ts';
import { SYSTEM } from '../domain/actor.ts';
import { openCases } from '../domain/cases.ts';
import { isDifference } from '../domain/line-refunds.ts';
import type { Order } from '../domain/order.ts';
import type { ReturnCommand } from '../domain/returns/commands.ts';
import type { Return } from '../domain/returns/return.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RunOrders } from './run-orders.ts';
import type { RunReturns } from './run-returns.ts';

/**
 * Notes on a return that its customer has the money, that its goods are replaced, or that nobody paid for what was offered, unless that is
 * still at work or waits for staff. Repeating it has no effect.
 */
export const makeSettleReturn =
  (runOrders: RunOrders, run: RunReturns) =>
  async (tx: OrderTx, returnId: string, cause: Cause): Promise<void> => {
    const state = (await tx.returns.find([returnId])).get(returnId)?.state;
    const known = state && (await tx.orders.find([state.orderId]));
    const order = state && known?.get(state.orderId)?.state;
    if (!state || !known || !order) return;
    if (state.exchange) {
      const { orderId } = state.exchange;
      const instead = (await tx.orders.find([orderId])).get(orderId)?.state;
      const command = instead && afterExchange(instead);
      if (command) await runOne(run(order), tx, { id: returnId, command, cause });
      if (command?.type === 'confirm-exchange') await refundDifference(runOrders, tx, state, known, cause);
    }
    if (state.offer)
      await runOne(run(order), tx, { id: returnId, command: { type: 'expire-offer', actor: SYSTEM }, cause });
    if (!isSettled(order, returnId)) return;
    const amountMinor = order.refunds
      .filter((one) => one.returnId === returnId && (one.status === 'done' || one.status === 'settled'))
      .filter((one) => !isDifference(one))
      .reduce((sum, one) => sum + one.amountMinor, 0);
    await runOne(run(order), tx, {
      id: returnId,
      command: { type: 'settle', amountMinor, actor: SYSTEM },
      cause,
    });
  };

/** @param instead the order in exchange */
const afterExchange = (instead: Order): ReturnCommand | undefined => {
  const { status, timeline, payment, parcels } = instead;
  if (status === 'pending') return undefined;
  // Who has the goods, and got back what they cost more, keeps them.
  const isDelivered = parcels.some(({ whereabouts }) => whereabouts === 'delivered');
  const hasFailed = status === 'cancelled' || (status === 'refunded' && !isDelivered);
  return hasFailed
    ? {
        type: 'undo-exchange',
        reason: timeline.at(-1)?.detail ?? status,
        isPaymentRefused: payment.status === 'failed',
        actor: SYSTEM,
      }
    : { type: 'confirm-exchange', actor: SYSTEM };
};

/** Gives back what the goods sent in exchange cost less. */
const refundDifference = async (
  run: RunOrders,
  tx: OrderTx,
  { orderId, returnId, number, exchange }: Return,
  known: Parameters<RunOrders>[2],
  cause: Cause,
): Promise<void> => {
  const lines = exchange?.differences?.refunds ?? [];
  if (!exchange || lines.length === 0) return;
  const about = { returnId, number, exchangeId: exchange.orderId, lines, actor: SYSTEM };
  const refunded = await runOne(
    run,
    tx,
    { id: orderId, command: { type: 'refund-difference', ...about }, cause },
    known,
  );
  if (!refunded.ok) throw new Error(`the difference of return ${number} is refused: ${refunded.error.code}`);
};

export type SettleReturn = ReturnType<typeof makeSettleReturn>;

const isSettled = (order: Order, returnId: string): boolean => {
  const waiting = new Set(openCases(order).map(({ refundKey }) => refundKey));
  return order.refunds
    .filter((one) => one.returnId === returnId)
    .every(({ status, refundKey }) => status !== 'asked' && !waiting.has(refundKey));
};

import { runOne } from '#kernel/process.ts';
import { SYSTEM } from '../domain/actor.ts';
import { openCases } from '../domain/cases.ts';
import type { Order } from '../domain/order.ts';
import type { ReturnCommand } from '../domain/returns/commands.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RunReturns } from './run-returns.ts';

/** Notes on a return that its customer has the money, or that its goods are replaced, unless that is still at work or waits for staff. */
export const makeSettleReturn =
  (run: RunReturns) =>
  async (tx: OrderTx, returnId: string): Promise<void> => {
    const state = (await tx.returns.find([returnId])).get(returnId)?.state;
    const order = state && (await tx.orders.find([state.orderId])).get(state.orderId)?.state;
    if (!order) return;
    if (state.exchange) {
      const { orderId } = state.exchange;
      const instead = (await tx.orders.find([orderId])).get(orderId)?.state;
      const command = instead && afterExchange(instead);
      if (command) await runOne(run(order), tx, { id: returnId, command });
    }
    if (!isSettled(order, returnId)) return;
    const amountMinor = order.refunds
      .filter((one) => one.returnId === returnId && (one.status === 'done' || one.status === 'settled'))
      .reduce((sum, one) => sum + one.amountMinor, 0);
    await runOne(run(order), tx, { id: returnId, command: { type: 'settle', amountMinor, actor: SYSTEM } });
  };

/** @param instead the order for the same goods */
const afterExchange = ({ status, timeline }: Order): ReturnCommand | undefined => {
  if (status === 'pending') return undefined;
  return status === 'cancelled' || status === 'refunded'
    ? { type: 'undo-exchange', reason: timeline.at(-1)?.detail ?? status, actor: SYSTEM }
    : { type: 'confirm-exchange', actor: SYSTEM };
};

export type SettleReturn = ReturnType<typeof makeSettleReturn>;

const isSettled = (order: Order, returnId: string): boolean => {
  const waiting = new Set(openCases(order).map(({ refundKey }) => refundKey));
  return order.refunds
    .filter((one) => one.returnId === returnId)
    .every(({ status, refundKey }) => status !== 'asked' && !waiting.has(refundKey));
};

import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { SYSTEM } from '../domain/actor.ts';
import type { Order } from '../domain/order.ts';
import type { Return } from '../domain/returns/return.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RunReturns } from './run-returns.ts';

/** What people wrote about the returns of orders. */
export interface ReturnWords {
  of(orders: readonly Order[]): Promise<readonly Return[]>;
  /** Returns the number of returns about which there were any. */
  forget(orders: readonly Order[]): Promise<number>;
}

const idsOf = (orders: readonly Order[]): readonly string[] => orders.map(({ orderId }) => orderId);

export const makeReturnWords = (unitOfWork: UnitOfWork<OrderTx>, run: RunReturns): ReturnWords => ({
  of: (orders) =>
    unitOfWork.run(async ({ returns }) => (await returns.ofOrders(idsOf(orders))).map(({ state }) => state)),
  forget: (orders) =>
    unitOfWork.run(async (tx) => {
      const returns = await tx.returns.ofOrders(idsOf(orders));
      const worded = returns.filter(({ state }) => Object.keys(state.words).length > 0);
      for (const order of orders) {
        const own = worded.filter(({ state }) => state.orderId === order.orderId);
        const commands = own.map(({ state }) => ({
          id: state.returnId,
          command: { type: 'forget-words', actor: SYSTEM } as const,
        }));
        if (commands.length > 0) await run(order)(tx, commands);
      }
      return worded.length;
    }),
});

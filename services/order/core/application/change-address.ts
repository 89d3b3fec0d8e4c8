import { runOne } from '#kernel/process.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderRefusal } from '../domain/commands.ts';
import type { Address, Order } from '../domain/order.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import type { TaxRules } from '../ports/upstreams.ts';
import type { Caller } from './command-order.ts';
import { accepted, type RunOrders } from './run-orders.ts';

export interface ChangeAddress {
  readonly orderId: string;
  readonly address: Address;
  /** Whether the order is still as the caller has seen it. */
  readonly isCurrent: (order: Order) => boolean;
}

/** Corrects where an order goes, as long as that changes neither tax nor delivery. Returns the order afterwards. */
export const makeChangeAddress =
  (unitOfWork: UnitOfWork<OrderTx>, run: RunOrders, taxes: Pick<TaxRules, 'rateFor'>) =>
  (
    { orderId, address, isCurrent }: ChangeAddress,
    caller: Caller,
  ): Promise<Result<VersionedOrder, OrderRefusal | Refusal<'PRECONDITION_FAILED'>>> =>
    unitOfWork.run(async (tx) => {
      const known = await tx.orders.find([orderId]);
      const order = known.get(orderId)?.state;
      const actor = order && caller(order);
      if (!actor) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
      if (!isCurrent(order)) return refuse('PRECONDITION_FAILED', 'The order has changed meanwhile.');
      if (taxes.rateFor(address) !== taxes.rateFor(order.address))
        return refuse(
          'ADDRESS_CHANGES_PRICE',
          'Another tax rate applies there; cancel the order and place it again.',
        );
      const command = { type: 'change-address', address, actor } as const;
      const outcome = await runOne(run, tx, { id: orderId, command }, known);
      return outcome.ok ? ok(accepted(outcome.value)) : outcome;
    });

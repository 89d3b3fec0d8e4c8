import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { runOne } from '#kernel/process.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Actor } from '../domain/actor.ts';
import type { OrderRefusal, PersonCommand } from '../domain/commands.ts';
import type { Order } from '../domain/order.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import { keepAnswer, recallAnswer } from './idempotency.ts';
import { accepted, type RunOrders } from './run-orders.ts';

/** Who a person is to an order; undefined hides it from people whom it does not concern. */
export type Caller = (order: Order) => Actor | undefined;

/** What is asked for, before it is known by whom. */
type Asked = PersonCommand extends infer C ? (C extends PersonCommand ? Omit<C, 'actor'> : never) : never;

/**
 * Does what a person asks of an order: cancel it, refund it, resolve a case. Returns the order after that; for a
 * repetition, too.
 */
export const makeCommandOrder =
  (unitOfWork: UnitOfWork<OrderTx>, run: RunOrders) =>
  (
    orderId: string,
    asked: Asked,
    caller: Caller,
    key?: IdempotencyKey,
  ): Promise<Result<VersionedOrder, OrderRefusal | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      recallAnswer,
      async (tx): Promise<Result<VersionedOrder, OrderRefusal>> => {
        const known = await tx.orders.find([orderId]);
        const order = known.get(orderId)?.state;
        const actor = order && caller(order);
        if (!actor) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
        const outcome = await runOne(run, tx, { id: orderId, command: { ...asked, actor } }, known);
        return outcome.ok ? ok(accepted(outcome.value)) : outcome;
      },
      keepAnswer,
    );

export type CommandOrder = ReturnType<typeof makeCommandOrder>;

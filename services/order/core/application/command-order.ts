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

/** A person's role for an order; undefined hides the order from people who may not see it. */
export type Caller = (order: Order) => Actor | undefined;

/** The request, before the actor is known. */
export type Asked = PersonCommand extends infer C
  ? C extends PersonCommand
    ? Omit<C, 'actor'>
    : never
  : never;

/**
 * Runs a person's command on an order: cancel it, refund it, resolve a case. Returns the order afterwards, also for a
 * repeated request.
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

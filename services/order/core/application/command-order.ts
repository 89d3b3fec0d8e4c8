import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Actor } from '../domain/actor.ts';
import type { Wish } from '../domain/commands.ts';
import { decide, type OrderRefusal } from '../domain/decide.ts';
import type { Order } from '../domain/order.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import { keepAnswer, recallAnswer } from './answers.ts';
import type { RecordEvents } from './record.ts';

/** Who a person is to an order; undefined hides it from people whom it does not concern. */
export type Caller = (order: Order) => Actor | undefined;

/** What is asked for, before it is known by whom. */
type Asked = Wish extends infer W ? (W extends Wish ? Omit<W, 'actor'> : never) : never;

type Refused = OrderRefusal | Refusal<'ORDER_NOT_FOUND'>;

/**
 * Does what a person asks of an order: cancel it, refund it, resolve a case. Returns the order after that; for a
 * repetition, too.
 */
export const makeCommandOrder =
  (unitOfWork: UnitOfWork<OrderTx>, record: RecordEvents, clock: Clock) =>
  (
    orderId: string,
    asked: Asked,
    caller: Caller,
    key?: IdempotencyKey,
  ): Promise<Result<VersionedOrder, Refused | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      recallAnswer,
      async (tx): Promise<Result<VersionedOrder, Refused>> => {
        const before = (await tx.orders.load([orderId])).get(orderId);
        const actor = before && caller(before.order);
        if (!actor) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
        const decision = decide({ ...asked, actor }, before.order, clock.now());
        return decision.ok ? ok(await record(tx, before, decision.value)) : decision;
      },
      keepAnswer,
    );

export type CommandOrder = ReturnType<typeof makeCommandOrder>;

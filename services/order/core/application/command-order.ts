import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderCommand } from '../domain/commands.ts';
import { decide, type OrderRefusal } from '../domain/decide.ts';
import type { Order } from '../domain/order.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import { keepAnswer, recallAnswer } from './answers.ts';
import type { RecordEvents } from './record.ts';

type Refused = OrderRefusal | Refusal<'ORDER_NOT_FOUND'>;

/**
 * Does what a person asks of an order: cancel it, refund it, resolve its case. Answers the order after that; a
 * repetition, too.
 * @param mayTouch refuses people whose order it is not, as if it did not exist
 */
export const makeCommandOrder =
  (unitOfWork: UnitOfWork<OrderTx>, record: RecordEvents, clock: Clock) =>
  (
    orderId: string,
    command: OrderCommand,
    mayTouch: (order: Order) => boolean,
    key?: IdempotencyKey,
  ): Promise<Result<VersionedOrder, Refused | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      recallAnswer,
      async (tx): Promise<Result<VersionedOrder, Refused>> => {
        const before = (await tx.orders.load([orderId])).get(orderId);
        if (!before || !mayTouch(before.order)) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
        const decision = decide(command, before.order, clock.now());
        return decision.ok ? ok(await record(tx, before, decision.value)) : decision;
      },
      keepAnswer,
    );

export type CommandOrder = ReturnType<typeof makeCommandOrder>;

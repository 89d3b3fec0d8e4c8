import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { decide, type OrderCommand, type OrderRefusal } from '../domain/decide.ts';
import type { Order } from '../domain/order.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { RecordEvents } from './record.ts';

export type CommandRefusal = OrderRefusal | IdempotencyRefusal | Refusal<'ORDER_NOT_FOUND'>;

/**
 * Does what a person asks of an order: cancel it, refund it, resolve its case.
 * @param mayTouch refuses people whose order it is not, as if it did not exist
 */
export const makeCommandOrder =
  (unitOfWork: UnitOfWork<OrderTx>, record: RecordEvents, clock: Clock) =>
  (
    orderId: string,
    command: OrderCommand,
    mayTouch: (order: Order) => boolean,
    key?: IdempotencyKey,
  ): Promise<Result<string, CommandRefusal>> =>
    once(unitOfWork, key, String, async (tx): Promise<Result<string, CommandRefusal>> => {
      const before = (await tx.orders.load([orderId])).get(orderId);
      if (!before || !mayTouch(before.order)) return refuse('ORDER_NOT_FOUND', 'There is no such order.');
      const decision = decide(command, before.order, clock.now());
      if (!decision.ok) return decision;
      await record(tx, before, decision.value);
      return ok(orderId);
    });

export type CommandOrder = ReturnType<typeof makeCommandOrder>;

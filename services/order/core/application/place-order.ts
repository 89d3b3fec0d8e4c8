import type { Clock } from '#kernel/clock.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Placed } from '../domain/order.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import { agree, type Disagreement, type PlaceOrder } from './agree.ts';
import { keepAnswer, recallAnswer } from './answers.ts';
import type { PriceCart, PricingRefusal } from './price-cart.ts';
import type { RecordEvents } from './record.ts';

type PlacingRefusal = PricingRefusal | IdempotencyRefusal | Disagreement | Refusal<'CART_ALREADY_ORDERED'>;

/** A version of a cart makes one order at most. Answers the order as it was placed; a repetition, too. */
export const makePlaceOrder = (
  unitOfWork: UnitOfWork<OrderTx>,
  record: RecordEvents,
  priceCart: PriceCart,
  ids: Ids,
  clock: Clock,
) => {
  const save = (
    placed: Placed,
    key: IdempotencyKey | undefined,
  ): Promise<Result<VersionedOrder, PlacingRefusal>> =>
    once(
      unitOfWork,
      key,
      recallAnswer,
      async (tx): Promise<Result<VersionedOrder, PlacingRefusal>> => {
        const earlier = await tx.orders.ofCart(placed.cartId, placed.cartVersion);
        if (earlier !== undefined)
          return refuse('CART_ALREADY_ORDERED', `This version of the cart was placed as order ${earlier}.`);
        const event: OrderEvent = { type: 'placed', orderId: ids.next(), placed, at: placed.placedAt };
        const order = await record(tx, undefined, [event]);
        if (!order) throw new Error('an order that was placed is not there');
        return ok(order);
      },
      keepAnswer,
    );

  return async (
    command: PlaceOrder,
    key?: IdempotencyKey,
  ): Promise<Result<VersionedOrder, PlacingRefusal>> => {
    const answered = () =>
      unitOfWork.run((tx) => replay(tx.idempotency, key, (kept) => recallAnswer(kept, tx)));

    // Before the neighbours are asked: the cart that the first answer was about is empty by now.
    const earlier = await answered();
    if (earlier) return earlier;
    const priced = await priceCart(command.customer.userId, command.address);
    const placed = priced.ok ? agree(command, priced.value, clock.now()) : priced;
    if (placed.ok) return save(placed.value, key);
    // The same request, in flight beside this one, may have emptied the cart.
    return (await answered()) ?? placed;
  };
};

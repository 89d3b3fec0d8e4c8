import type { Clock } from '#kernel/clock.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { runOne } from '#kernel/process.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Placed } from '../domain/order.ts';
import { newOrderNumber } from '../domain/order-number.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import type { CartOwner, PaymentMethods, UnusableMethod } from '../ports/upstreams.ts';
import { checkRequest, type OrderRequest, type RequestRefusal } from './check-request.ts';
import type { PriceCart, PricingRefusal } from './price-cart.ts';
import { keepAnswer, recallAnswer } from './idempotency.ts';
import { accepted, type RunOrders } from './run-orders.ts';

export interface PlaceOrder extends OrderRequest {
  readonly owner: CartOwner;
  /** Of the quote that the customer accepted; holds its prices. */
  readonly quoteToken: string | undefined;
}

type PlacingRefusal =
  PricingRefusal | RequestRefusal | UnusableMethod | IdempotencyRefusal | Refusal<'CART_ALREADY_ORDERED'>;

/** A version of a cart makes at most one order. Returns the order as placed, also for a repeated request. */
export const makePlaceOrder = (
  unitOfWork: UnitOfWork<OrderTx>,
  run: RunOrders,
  priceCart: PriceCart,
  paymentMethods: PaymentMethods,
  ids: Ids,
  clock: Clock,
) => {
  /** With a token for the saved payment method, if the order is paid with one. */
  const withToken = async (
    placed: Placed,
    { payment, customer }: PlaceOrder,
  ): Promise<Result<Placed, UnusableMethod>> => {
    if (placed.totalMinor === 0 || !payment || 'token' in payment) return ok(placed);
    const { userId } = customer;
    if (userId === undefined)
      return refuse('PAYMENT_METHOD_NOT_FOUND', 'A guest has no saved payment methods.', {
        errors: [{ pointer: '/body/payment_method_id', message: 'is for users only' }],
      });
    const token = await paymentMethods.tokenOf(userId, payment.methodId);
    return token.ok ? ok({ ...placed, paymentToken: token.value }) : token;
  };

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
        const orderId = ids.next();
        // If another order has this number, the unit fails and runs again, with another ID.
        const numbered = { ...placed, number: newOrderNumber(orderId) };
        const command = { type: 'place', orderId, placed: numbered } as const;
        const outcome = await runOne(run, tx, { id: orderId, command }, new Map());
        if (!outcome.ok) throw new Error(`a new order is refused: ${outcome.error.code}`);
        return ok(accepted(outcome.value));
      },
      keepAnswer,
    );

  return async (
    command: PlaceOrder,
    key?: IdempotencyKey,
  ): Promise<Result<VersionedOrder, PlacingRefusal>> => {
    const answered = () =>
      unitOfWork.run((tx) => replay(tx.idempotency, key, (kept) => recallAnswer(kept, tx)));

    // Before the upstreams are called: after the first request the cart is empty.
    const earlier = await answered();
    if (earlier) return earlier;
    const priced = await priceCart(command.owner, command.address, command.quoteToken);
    const placed = priced.ok ? checkRequest(command, priced.value, clock.now()) : priced;
    const payable = placed.ok ? await withToken(placed.value, command) : placed;
    if (payable.ok) return save(payable.value, key);
    // A concurrent request with the same key may have emptied the cart.
    return (await answered()) ?? payable;
  };
};

import type { Clock } from '#kernel/clock.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { formatMoney, times, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Address, Customer, Placed } from '../domain/order.ts';
import type { Totals } from '../domain/totals.ts';
import type { ShippingOption, TaxRates } from '../ports/neighbours.ts';
import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';
import { keepAnswer, recallAnswer } from './answers.ts';
import { totalsWith, type PriceCart, type PricedCart, type PricingRefusal } from './price-cart.ts';
import type { RecordEvents } from './record.ts';

export interface PlaceOrder {
  readonly customer: Customer;
  readonly cartVersion: number;
  readonly address: Address;
  readonly shippingOptionId: string;
  readonly paymentToken: string;
  /** What the shopper was shown, and agrees to pay. */
  readonly expectedTotal: Money;
}

type PlacingRefusal =
  | PricingRefusal
  | IdempotencyRefusal
  | Refusal<'CART_CHANGED' | 'SHIPPING_OPTION_UNAVAILABLE' | 'PRICE_CHANGED' | 'CART_ALREADY_ORDERED'>;

/** A version of a cart makes one order at most. Answers the order as it was placed; a repetition, too. */
export const makePlaceOrder = (
  unitOfWork: UnitOfWork<OrderTx>,
  record: RecordEvents,
  priceCart: PriceCart,
  taxes: TaxRates,
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
          return refuse('CART_ALREADY_ORDERED', `This version of the cart became order ${earlier}.`);
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
    const placed = priced.ok ? agree(command, priced.value, taxes, clock.now()) : priced;
    if (placed.ok) return save(placed.value, key);
    // The same request, in flight beside this one, may have emptied the cart.
    return (await answered()) ?? placed;
  };
};

/** What is ordered, if it still is what the shopper saw. */
const agree = (
  { customer, cartVersion, address, shippingOptionId, paymentToken, expectedTotal }: PlaceOrder,
  priced: PricedCart,
  taxes: TaxRates,
  now: Date,
): Result<Placed, PlacingRefusal> => {
  const { cart, items, options } = priced;
  if (cart.version !== cartVersion)
    return refuse('CART_CHANGED', `The cart is at version ${cart.version} by now; ask for a new quote.`);
  const option = options.find(({ optionId }) => optionId === shippingOptionId);
  if (!option)
    return refuse('SHIPPING_OPTION_UNAVAILABLE', 'The order cannot be sent that way; ask for a new quote.');
  const { currency } = cart;
  if (expectedTotal.currency !== currency)
    return refuse(
      'CURRENCY_MISMATCH',
      `The cart's prices are in ${currency}, not in ${expectedTotal.currency}.`,
    );
  const totals = totalsWith(priced, option, taxes.rateFor(address.country, address.region));
  if (totals.total.minor !== expectedTotal.minor)
    return refuse(
      'PRICE_CHANGED',
      `The order comes to ${formatMoney(totals.total)} now; ask for a new quote.`,
    );
  return ok({
    customer,
    cartId: cart.cartId,
    cartVersion,
    currency,
    lines: linesOf(items, totals),
    shipping: shippingOf(option, totals),
    address,
    subtotalMinor: totals.subtotal.minor,
    taxMinor: totals.tax.minor,
    totalMinor: totals.total.minor,
    paymentToken,
    placedAt: now.toISOString(),
  });
};

const linesOf = (items: PricedCart['items'], { lineTaxes }: Totals): Placed['lines'] =>
  items.map(({ productId, variantId, quantity, offer: { sku, name, price } }, index) => ({
    productId,
    variantId,
    sku,
    name,
    quantity,
    priceMinor: price.minor,
    taxMinor: lineTaxes[index]?.minor ?? 0,
    totalMinor: times(price, quantity).minor,
  }));

const shippingOf = ({ optionId, carrier, service, price }: ShippingOption, { shippingTax }: Totals) => ({
  optionId,
  carrier,
  service,
  priceMinor: price.minor,
  taxMinor: shippingTax.minor,
});

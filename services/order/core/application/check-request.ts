import { formatMoney, times, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Address, Billing, Customer, Placed } from '../domain/order.ts';
import type { Totals } from '../domain/totals.ts';
import type { ShippingOption } from '../ports/upstreams.ts';
import { shortagesOf, totalsWith, type PricedCart } from './price-cart.ts';

/** A token from the payment gateway, or a payment method that the customer has saved. */
export type PaymentChoice = { readonly token: string } | { readonly methodId: string };

/** An order as the customer requests it. */
export interface OrderRequest {
  readonly customer: Customer;
  readonly cartVersion: number;
  readonly address: Address;
  readonly billing: Billing;
  readonly shippingOptionId: string;
  /** Required if there is something to pay. */
  readonly payment: PaymentChoice | undefined;
  /** The total that the customer saw and agrees to pay. */
  readonly expectedTotal: Money;
}

export type RequestRefusal = Refusal<
  | 'CART_CHANGED'
  | 'SHIPPING_OPTION_UNAVAILABLE'
  | 'CURRENCY_MISMATCH'
  | 'PRICE_CHANGED'
  | 'OUT_OF_STOCK'
  | 'PAYMENT_TOKEN_REQUIRED'
>;

/** The contents of the order, if the request still matches the priced cart. Without the token of a saved payment method. */
export const checkRequest = (
  request: OrderRequest,
  priced: PricedCart,
  now: Date,
): Result<Placed, RequestRefusal> => {
  const { cartVersion, shippingOptionId, payment, expectedTotal } = request;
  const { cart, options, taxation } = priced;
  if (cart.version !== cartVersion)
    return refuse('CART_CHANGED', `The cart is now at version ${cart.version}; request a new quote.`);
  const option = options.find(({ optionId }) => optionId === shippingOptionId);
  if (!option)
    return refuse(
      'SHIPPING_OPTION_UNAVAILABLE',
      'This shipping option is not available; request a new quote.',
    );
  const { currency } = cart;
  if (expectedTotal.currency !== currency)
    return refuse(
      'CURRENCY_MISMATCH',
      `The cart's prices are in ${currency}, not in ${expectedTotal.currency}.`,
    );
  const totals = totalsWith(priced, option);
  if (totals.total.minor !== expectedTotal.minor)
    return refuse('PRICE_CHANGED', `The total is ${formatMoney(totals.total)}; request a new quote.`);
  const shortages = shortagesOf(priced);
  if (shortages.length > 0) return outOfStock(shortages);
  const isFree = totals.total.minor === 0;
  if (!isFree && payment === undefined)
    return refuse(
      'PAYMENT_TOKEN_REQUIRED',
      `A payment token or a saved payment method is required to pay ${formatMoney(totals.total)}.`,
      {
        errors: [{ pointer: '/body/payment_token', message: 'is required unless the total is 0' }],
      },
    );
  return ok({
    customer: request.customer,
    cartId: cart.cartId,
    cartVersion,
    currency,
    lines: linesOf(priced.items, totals),
    shipping: shippingOf(option, totals),
    address: request.address,
    ...(Object.keys(request.billing).length === 0 ? {} : { billing: request.billing }),
    ...(taxation.isIncluded ? { pricesIncludeTax: true } : {}),
    subtotalMinor: totals.subtotal.minor,
    taxMinor: totals.tax.minor,
    totalMinor: totals.total.minor,
    ...(!isFree && payment && 'token' in payment ? { paymentToken: payment.token } : {}),
    placedAt: now.toISOString(),
  });
};

const outOfStock = (shortages: ReturnType<typeof shortagesOf>) =>
  refuse('OUT_OF_STOCK', 'Not enough of an item is in stock; see errors.', {
    errors: shortages.map(({ index, itemId, offer, quantity, available }) => ({
      pointer: `/items/${index}`,
      message: `only ${available} of ${quantity} are in stock`,
      itemId,
      sku: offer.sku,
      requested: quantity,
      available,
    })),
  });

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

import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Address } from '../domain/order.ts';
import { totalsOf, type Totals } from '../domain/totals.ts';
import type {
  Cart,
  CartItem,
  Carts,
  Offer,
  Offers,
  ShippingOption,
  ShippingQuotes,
} from '../ports/neighbours.ts';

/** A cart at today's prices, with the ways to send it. */
export interface PricedCart {
  readonly cart: Cart;
  readonly items: readonly (CartItem & { readonly offer: Offer })[];
  readonly options: readonly ShippingOption[];
}

export type PricingRefusal = Refusal<
  'CART_EMPTY' | 'ITEM_NOT_SOLD' | 'CURRENCY_MISMATCH' | 'NOT_DELIVERABLE'
>;

/** Asks cart, catalog and shipping; nothing that a client says about prices is believed. */
export const makePriceCart =
  (carts: Carts, offers: Offers, shipping: ShippingQuotes) =>
  async (userId: string, address: Address): Promise<Result<PricedCart, PricingRefusal>> => {
    const cart = await carts.ofUser(userId);
    if (cart.items.length === 0) return refuse('CART_EMPTY', 'There is nothing in the cart.');
    const { currency } = cart;
    const count = cart.items.reduce((sum, { quantity }) => sum + quantity, 0);
    const [prices, options] = await Promise.all([
      offers.of(cart.items.map(({ variantId }) => variantId)),
      shipping.quote(address, count, currency),
    ]);
    const items = cart.items.flatMap((item) => {
      const offer = prices.get(item.variantId);
      return offer ? [{ ...item, offer }] : [];
    });
    if (items.length < cart.items.length)
      return refuse('ITEM_NOT_SOLD', 'Something in the cart is not sold any more.');
    if (items.some(({ offer }) => offer.price.currency !== currency))
      return refuse(
        'CURRENCY_MISMATCH',
        'A price is in another currency by now; put the item into the cart again.',
      );
    if (options.length === 0) return refuse('NOT_DELIVERABLE', 'Nobody delivers to this address.');
    return ok({ cart, items, options });
  };

/** What a cart comes to when it is sent that way: the same for the quote and for the order. */
export const totalsWith = (
  { items }: PricedCart,
  { price }: ShippingOption,
  taxBasisPoints: number,
): Totals => {
  const priced = items.map(({ offer, quantity }) => ({ price: offer.price, quantity }));
  return totalsOf(priced, price, taxBasisPoints);
};

export type PriceCart = ReturnType<typeof makePriceCart>;

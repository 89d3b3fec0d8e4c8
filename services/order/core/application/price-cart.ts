import { after, type Clock } from '#kernel/clock.ts';
import { ok, refuse, type FieldError, type Refusal, type Result } from '#kernel/result.ts';
import type { Address } from '../domain/order.ts';
import { totalsOf, type Taxation, type Totals } from '../domain/totals.ts';
import type { QuotedPrices, QuoteSubject, QuoteTokens } from '../ports/quote-tokens.ts';
import type {
  Cart,
  CartItem,
  CartOwner,
  Carts,
  Offer,
  Offers,
  ShippingOption,
  ShippingQuotes,
  Stock,
  TaxRules,
} from '../ports/upstreams.ts';

export interface PricingSources {
  readonly carts: Carts;
  readonly stock: Stock;
  readonly offers: Offers;
  readonly shipping: ShippingQuotes;
  readonly taxes: TaxRules;
  readonly quotes: QuoteTokens;
  /** How long a quote holds its prices, milliseconds. A shorter time applies to earlier quotes too. */
  readonly validMs: number;
}

/** A cart at current or quoted prices, with its shipping options. */
export interface PricedCart {
  readonly cart: Cart;
  readonly items: readonly PricedCartItem[];
  readonly options: readonly ShippingOption[];
  readonly taxation: Taxation;
}

export interface PricedCartItem extends CartItem {
  readonly offer: Offer;
  /** Available units; undefined if unknown. */
  readonly available: number | undefined;
}

export type PricingRefusal = Refusal<
  'FORBIDDEN' | 'CART_EMPTY' | 'ITEM_NOT_SOLD' | 'CURRENCY_MISMATCH' | 'NOT_DELIVERABLE'
>;

/** Prices the cart as quoted if there is a valid token, otherwise at current prices. Never trusts prices from the client. */
export const makePriceCart =
  (sources: PricingSources, clock: Clock) =>
  async (
    owner: CartOwner,
    address: Address,
    quoteToken?: string,
  ): Promise<Result<PricedCart, PricingRefusal>> => {
    const cart = await cartOf(sources.carts, owner);
    if (!cart) return refuse('FORBIDDEN', 'The cart token is not valid.');
    if (cart.items.length === 0) return refuse('CART_EMPTY', 'The cart is empty.');
    const { currency } = cart;
    const quoted =
      quoteToken === undefined
        ? undefined
        : quotedPrices(sources, quoteToken, { ownerId: idOf(owner), cart, address }, clock.now());
    const [{ offers, options, taxation }, levels] = await Promise.all([
      quoted ?? currentPrices(sources, cart, address),
      sources.stock.available(cart.items.map(({ variantId }) => variantId)),
    ]);
    const prices = new Map(offers.map((offer) => [offer.variantId, offer]));
    const items = cart.items.flatMap((item) => {
      const offer = prices.get(item.variantId);
      return offer ? [{ ...item, offer, available: levels.get(item.variantId) }] : [];
    });
    if (items.length < cart.items.length)
      return refuse('ITEM_NOT_SOLD', 'An item in the cart is no longer for sale; remove it.', {
        errors: faultsOf(cart, ({ variantId }) => !prices.has(variantId), 'is no longer for sale'),
      });
    const isForeign = ({ variantId }: CartItem) => prices.get(variantId)?.price.currency !== currency;
    if (cart.items.some(isForeign))
      return refuse(
        'CURRENCY_MISMATCH',
        'The price of an item is now in another currency; remove the item and add it again.',
        { errors: faultsOf(cart, isForeign, `is no longer sold in ${currency}`) },
      );
    if (options.length === 0 || !taxation)
      return refuse('NOT_DELIVERABLE', 'No carrier delivers to this address.');
    return ok({ cart, items, options, taxation });
  };

const cartOf = (carts: Carts, owner: CartOwner): Promise<Cart | undefined> =>
  'userId' in owner ? carts.ofUser(owner.userId) : carts.ofGuest(owner.cartId, owner.cartToken);

/** The ID by which quotes know the owner of a cart. */
export const idOf = (owner: CartOwner): string => ('userId' in owner ? owner.userId : owner.cartId);

/** The prices of an earlier quote; undefined unless its token is for this subject and still valid. */
const quotedPrices = (
  { quotes, validMs }: PricingSources,
  token: string,
  subject: QuoteSubject,
  now: Date,
): QuotedPrices | undefined => {
  const quoted = quotes.verify(token, subject);
  return quoted && now < after(quoted.quotedAt, validMs) ? quoted : undefined;
};

/** Current prices, from catalog and shipping. Without taxation nothing can be sold. */
const currentPrices = async (
  { offers, shipping, taxes }: PricingSources,
  { items, currency }: Cart,
  address: Address,
) => {
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const [sold, options] = await Promise.all([
    offers.of(
      items.map(({ variantId }) => variantId),
      currency,
    ),
    shipping.quote(address, count, currency),
  ]);
  const rate = taxes.rateFor(address);
  const isIncluded = taxes.areGross(currency, address.country);
  return {
    offers: [...sold.values()],
    options,
    taxation: rate === undefined ? undefined : { rate, isIncluded },
  };
};

/** Lists the cart items that have a problem. */
const faultsOf = (
  { items }: Cart,
  isAtFault: (item: CartItem) => boolean,
  message: string,
): readonly FieldError[] =>
  items.flatMap((item, index) =>
    isAtFault(item) ? [{ pointer: `/items/${index}`, message, itemId: item.itemId, sku: item.sku }] : [],
  );

/** Items with less stock than the cart needs. */
export const shortagesOf = ({ items }: Pick<PricedCart, 'items'>) =>
  items.flatMap(({ available, ...item }, index) =>
    available !== undefined && available < item.quantity ? [{ ...item, index, available }] : [],
  );

/** The cart's totals with a shipping option; quotes and orders share this. */
export const totalsWith = ({ items, taxation }: PricedCart, { price }: ShippingOption): Totals => {
  const priced = items.map(({ offer, quantity }) => ({ price: offer.price, quantity }));
  return totalsOf(priced, price, taxation);
};

export type PriceCart = ReturnType<typeof makePriceCart>;

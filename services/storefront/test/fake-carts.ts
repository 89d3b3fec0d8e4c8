import { add, sum, times, type Money } from '#kernel/money.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { AddressFields, Cart, Quote, Refused, Shop, Visit } from '../core/ports/shop.ts';
import { cart, ITEM, order, product, quote, refusal, type Note } from './sample.ts';

type Carts = Pick<
  Shop,
  'cart' | 'newGuestCart' | 'addToCart' | 'changeItem' | 'mergeCart' | 'quote' | 'placeOrder'
>;

const EMPTY: Cart = { version: 0, items: [], subtotal: undefined };

/** A cart of these items, after a change. */
const changed = ({ version }: Cart, items: Cart['items']): Cart => ({
  version: version + 1,
  items,
  subtotal:
    items.length === 0
      ? undefined
      : sum(
          items.map(({ total }) => total),
          'EUR',
        ),
});

/** What the shop says of an address that is none; undefined for others. */
export const refusedAddress = ({
  country,
  postalCode = '',
}: AddressFields): Result<never, Refused> | undefined => {
  if (country !== 'DE' || /^\d{5}$/.test(postalCode)) return undefined;
  const errors = [{ pointer: '/body/postal_code', message: 'is not a postal code of DE' }];
  return refusal('INVALID_ADDRESS', { errors });
};

const quoteOf = ({ version, items, subtotal }: Cart): Result<Quote, Refused> => {
  if (!subtotal) return refusal('CART_EMPTY');
  const totalOf = (price: Money, tax: Money): Money => add(add(subtotal, price), tax);
  return ok({
    ...quote,
    cartVersion: version,
    items: items.map(({ itemId, name, quantity, total }) => ({ itemId, name, quantity, total })),
    subtotal,
    options: quote.options.map((option) => ({ ...option, total: totalOf(option.price, option.tax) })),
  });
};

/** Carts as they were left. One that is not known is Sam's. */
export const fakeCarts = (note: Note): ((visit: Visit) => Carts) => {
  const carts = new Map<string, Cart>();
  const cartOf = (cartId: string): Cart => carts.get(cartId) ?? cart;
  const keep = (cartId: string, items: Cart['items']): Cart => {
    const next = changed(cartOf(cartId), items);
    carts.set(cartId, next);
    return next;
  };
  const commands = {
    newGuestCart: note('newGuestCart', () => {
      carts.set('c-1', EMPTY);
      return { id: 'c-1', token: 'c-1.signed' };
    }),
    addToCart: note<Parameters<Shop['addToCart']>, Result<Cart, Refused>>(
      'addToCart',
      (cartId, { productId, variantId, quantity }) => {
        const variant = product.variants.find((one) => one.variantId === variantId);
        if (!variant) return refusal('VARIANT_NOT_FOUND');
        const { items } = cartOf(cartId);
        const units = quantity + (items.find((one) => one.variantId === variantId)?.quantity ?? 0);
        const { name } = product;
        const { price } = variant;
        const total = times(price, units);
        const item = { itemId: ITEM, productId, variantId, name, image: undefined, quantity: units, price, total, isAvailable: true }; // prettier-ignore
        return ok(keep(cartId, [...items.filter((one) => one.variantId !== variantId), item]));
      },
    ),
    changeItem: note<Parameters<Shop['changeItem']>, Result<Cart, Refused>>(
      'changeItem',
      (cartId, itemId, quantity) => {
        const { items } = cartOf(cartId);
        const item = items.find((one) => one.itemId === itemId);
        if (!item) return refusal('ITEM_NOT_FOUND');
        const others = items.filter((one) => one !== item);
        const next = { ...item, quantity, total: times(item.price, quantity) };
        return ok(keep(cartId, quantity === 0 ? others : [...others, next]));
      },
    ),
    mergeCart: note('mergeCart', () => ok(cart)),
  };
  return ({ guestCart }) => {
    const quoted = (address: AddressFields): Result<Quote, Refused> =>
      refusedAddress(address) ?? quoteOf(guestCart ? cartOf(guestCart.id) : cart);
    return {
      ...commands,
      cart: (cartId) => Promise.resolve(cartOf(cartId)),
      quote: (address) => Promise.resolve(quoted(address)),
      placeOrder: note<Parameters<Shop['placeOrder']>, Awaited<ReturnType<Shop['placeOrder']>>>(
        'placeOrder',
        ({ address, cartVersion, optionId, total }) => {
          const current = quoted(address);
          if (!current.ok) return current;
          if (current.value.cartVersion !== cartVersion) return refusal('CART_CHANGED');
          const option = current.value.options.find((one) => one.optionId === optionId);
          if (option?.total.minor !== total.minor) return refusal('PRICE_CHANGED');
          return ok({ ...order, token: undefined });
        },
      ),
    };
  };
};

import type { CartPage } from '#contracts/pages/storefront.ts';
import { pictureOf } from '../domain/cards.ts';
import { productHref } from '../domain/links.ts';
import type { Cart, NewItem } from '../ports/shop.ts';
import { cartShelves } from './shelves.ts';
import {
  cartIdOf,
  framed,
  see,
  visited,
  type Outcome,
  type Pages,
  type Request,
  type Visited,
} from './visited.ts';

const EMPTY: Cart = { version: 0, items: [], subtotal: undefined };

const viewOf = (
  { format }: Visited,
  { items, subtotal }: Cart,
  notice: string | undefined,
  shelves: CartPage['shelves'],
): CartPage => ({
  kind: 'cart',
  notice,
  lines: items.map((item) => ({
    itemId: item.itemId,
    href: productHref(item.productId, item.name, item.variantId),
    name: item.name,
    picture: pictureOf(item.image, ''),
    price: format.price(item.price),
    total: format.price(item.total),
    quantity: item.quantity,
    isAvailable: item.isAvailable,
  })),
  subtotal: subtotal ? format.price(subtotal) : '',
  canCheckOut: items.length > 0 && items.every(({ isAvailable }) => isAvailable),
  shelves,
});

export const makeShowCart =
  (pages: Pages) =>
  async (request: Request, notice: string | undefined): Promise<Outcome> => {
    const now = visited(pages, request);
    const cartId = cartIdOf(request);
    const cart = cartId === undefined ? EMPTY : await now.shop.cart(cartId);
    const cartCount = cart.items.reduce((sum, { quantity }) => sum + quantity, 0);
    const { customer, visit } = request;
    const visitor = { name: customer?.name, isOfProvider: visit.isOfProvider, cartCount };
    return framed(now, viewOf(now, cart, notice, await cartShelves(now, cart)), { visitor });
  };

const cartWith = (notice: string): Outcome => see(`/cart?notice=${notice}`);

/** Opens a guest cart for a guest who has none, or whose cart has been closed. */
export const makeAddToCart =
  (pages: Pages) =>
  async (request: Request, item: NewItem): Promise<Outcome> => {
    const { shop } = visited(pages, request);
    const cartId = cartIdOf(request);
    if (cartId !== undefined) {
      const added = await shop.addToCart(cartId, item);
      if (added.ok) return cartWith('ADDED');
      if (request.customer || added.error.code !== 'CART_CLOSED') return cartWith(added.error.code);
    }
    const guestCart = await shop.newGuestCart();
    const visit = { ...request.visit, guestCart };
    const added = await pages.shopFor(visit).addToCart(guestCart.id, item);
    return see(`/cart?notice=${added.ok ? 'ADDED' : added.error.code}`, { cart: guestCart });
  };

export const makeChangeItem =
  (pages: Pages) =>
  async (request: Request, itemId: string, quantity: number): Promise<Outcome> => {
    const cartId = cartIdOf(request);
    if (cartId === undefined) return see('/cart');
    const changed = await visited(pages, request).shop.changeItem(cartId, itemId, quantity);
    return changed.ok ? see('/cart') : cartWith(changed.error.code);
  };

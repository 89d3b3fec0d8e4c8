import { etag, type Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { Ids } from '#kernel/ids.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/cart.ts';
import type { makeAddItem } from '../../core/application/add-item.ts';
import type {
  makeChangeQuantity,
  makeEmptyCart,
  makeRemoveItem,
} from '../../core/application/change-cart.ts';
import type { makeFindSold } from '../../core/application/find-sold.ts';
import type { GetCart } from '../../core/application/load-cart.ts';
import type { makeMergeCart } from '../../core/application/merge-cart.ts';
import type { Cart, CartOwner } from '../../core/domain/cart.ts';
import type { Access } from '../security/access.ts';
import type { CartTokens } from '../security/cart-tokens.ts';
import type { CartCode } from './errors.ts';
import { forOrder, fromCart, type Sold } from './mapping.ts';

export interface CartUseCases {
  readonly findSold: ReturnType<typeof makeFindSold>;
  readonly getCart: GetCart;
  readonly addItem: ReturnType<typeof makeAddItem>;
  readonly changeQuantity: ReturnType<typeof makeChangeQuantity>;
  readonly removeItem: ReturnType<typeof makeRemoveItem>;
  readonly emptyCart: ReturnType<typeof makeEmptyCart>;
  readonly mergeCart: ReturnType<typeof makeMergeCart>;
  readonly personalData: PersonalData;
}

const INVALID_TOKEN = refuse('FORBIDDEN', 'The cart token is not valid.');

const answer = <Status extends 200 | 201>(status: Status, cart: Cart, sold: Sold) => ({
  status,
  headers: { ETag: etag(cart.version) },
  body: fromCart(cart, sold),
});

/** Guests have no ID, so their idempotency keys belong to the cart. */
const keyedBy = <Key extends { readonly principal: string }>(
  { cartId, userId }: CartOwner,
  key: Key | undefined,
): Key | undefined => (key && userId === undefined ? { ...key, principal: `cart:${cartId}` } : key);

export const makeHandlers = (
  cart: CartUseCases,
  access: Access,
  tokens: CartTokens,
  ids: Ids,
): Handlers<operations, CartCode> => {
  const show = async (shown: Cart) => answer(200, shown, await cart.findSold(shown));
  return {
    ...personalDataHandlers(cart.personalData),
    createGuestCart: async () => {
      const cartId = ids.next();
      return Promise.resolve({ status: 201, body: { cart_id: cartId, cart_token: tokens.issue(cartId) } });
    },
    getCart: async ({ principal, path, headers }) => {
      const owner = access(principal, path.user_id, headers['x-cart-token']);
      return owner.ok ? show(await cart.getCart(owner.value)) : owner;
    },
    addItem: async ({ principal, path, headers, body, idempotency }) => {
      const owner = access(principal, path.user_id, headers['x-cart-token']);
      if (!owner.ok) return owner;
      const added = await cart.addItem(
        {
          owner: owner.value,
          productId: body.product_id,
          variantId: body.variant_id,
          quantity: body.quantity,
          currency: body.currency,
        },
        keyedBy(owner.value, idempotency),
      );
      return added.ok ? answer(201, added.value, new Map()) : added;
    },
    changeQuantity: async ({ principal, path, headers, body, ifMatch }) => {
      const owner = access(principal, path.user_id, headers['x-cart-token']);
      if (!owner.ok) return owner;
      const which = { owner: owner.value, basedOn: ifMatch };
      const changed = await cart.changeQuantity(which, path.item_id, body.quantity);
      return changed.ok ? show(changed.value) : changed;
    },
    removeItem: async ({ principal, path, headers, ifMatch }) => {
      const owner = access(principal, path.user_id, headers['x-cart-token']);
      if (!owner.ok) return owner;
      const changed = await cart.removeItem({ owner: owner.value, basedOn: ifMatch }, path.item_id);
      return changed.ok ? show(changed.value) : changed;
    },
    emptyCart: async ({ principal, path, headers, ifMatch }) => {
      const owner = access(principal, path.user_id, headers['x-cart-token']);
      if (!owner.ok) return owner;
      const changed = await cart.emptyCart({ owner: owner.value, basedOn: ifMatch });
      return changed.ok ? show(changed.value) : changed;
    },
    mergeCart: async ({ principal, path, body }) => {
      const owner = access(principal, path.user_id, undefined);
      if (!owner.ok) return owner;
      const guestCartId = tokens.read(body.cart_token);
      if (guestCartId === undefined) return INVALID_TOKEN;
      const merged = await cart.mergeCart(owner.value, guestCartId);
      return merged.ok ? show(merged.value) : merged;
    },
    getGuestCartForOrder: async ({ body: { cart_id: cartId, cart_token: token } }) =>
      tokens.read(token) === cartId
        ? { status: 200, body: forOrder(await cart.getCart({ cartId, userId: undefined })) }
        : INVALID_TOKEN,
    getCartForOrder: async ({ path }) => {
      const owner = { cartId: path.cart_id, userId: undefined };
      return { status: 200, body: forOrder(await cart.getCart(owner)) };
    },
  };
};

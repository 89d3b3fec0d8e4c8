import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/cart.ts';
import {
  currencyOf,
  expiresAt,
  lineTotalOf,
  subtotalOf,
  type Cart,
  type CartItem,
} from '../../core/domain/cart.ts';

type Schemas = components['schemas'];

/** Whether a variant is still for sale; absent if the catalog was not asked or is unavailable. */
export type Sold = ReadonlyMap<string, boolean>;

const fromItem = (item: CartItem, isSold: boolean | undefined): Schemas['CartItem'] => ({
  item_id: item.itemId,
  product_id: item.productId,
  variant_id: item.variantId,
  sku: item.sku,
  name: item.name,
  ...(item.image === undefined ? {} : { image: item.image }),
  quantity: item.quantity,
  price: toDecimal(item.price),
  line_total: toDecimal(lineTotalOf(item)),
  stock_checked: item.stockChecked,
  ...(isSold === undefined ? {} : { is_available: isSold }),
});

const headOf = (cart: Cart) => {
  const currency = currencyOf(cart);
  return {
    cart_id: cart.cartId,
    ...(cart.userId === undefined ? {} : { user_id: cart.userId }),
    version: cart.version,
    ...(currency === undefined ? {} : { currency }),
  };
};

export const fromCart = (cart: Cart, sold: Sold): Schemas['Cart'] => {
  const subtotal = subtotalOf(cart);
  return {
    ...headOf(cart),
    items: cart.items.map((item) => fromItem(item, sold.get(item.variantId))),
    subtotal: subtotal ? toDecimal(subtotal) : 0,
    updated_at: cart.updatedAt.toISOString(),
    expires_at: expiresAt(cart).toISOString(),
  };
};

export const forOrder = (cart: Cart): Schemas['CartForOrder'] => ({
  ...headOf(cart),
  items: cart.items.map(({ itemId, productId, variantId, sku, name, quantity, price }) => ({
    item_id: itemId,
    product_id: productId,
    variant_id: variantId,
    sku,
    name,
    quantity,
    price: toDecimal(price),
  })),
});

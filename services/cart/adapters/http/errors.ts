import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/cart.yaml` in both directions. */
export const errors = {
  VARIANT_NOT_FOUND: { status: 404, title: 'No such variant' },
  ITEM_NOT_FOUND: { status: 404, title: 'No such item in the cart' },
  OUT_OF_STOCK: { status: 409, title: 'Not enough in stock' },
  CURRENCY_MISMATCH: { status: 409, title: 'The price is not in the currency of the cart' },
  QUANTITY_LIMIT: { status: 409, title: 'Quantity limit exceeded' },
  CART_FULL: { status: 409, title: 'The cart is full' },
  CART_CLOSED: { status: 409, title: 'The cart was merged into an account’s cart' },
} as const satisfies ErrorCatalogue;

export type CartCode = keyof typeof errors;

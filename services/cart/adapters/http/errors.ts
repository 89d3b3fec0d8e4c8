import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/cart.yaml` by a test, both ways. */
export const errors = {
  VARIANT_NOT_FOUND: { status: 404, title: 'No such variant' },
  ITEM_NOT_FOUND: { status: 404, title: 'No such item in the cart' },
  OUT_OF_STOCK: { status: 409, title: 'There is not enough of it' },
  CURRENCY_MISMATCH: { status: 409, title: 'A cart has one currency' },
  QUANTITY_LIMIT: { status: 409, title: 'Too many of one item' },
  CART_FULL: { status: 409, title: 'Too many different items' },
  CART_CLOSED: { status: 409, title: 'The cart was joined to an account’s' },
} as const satisfies ErrorCatalogue;

export type CartCode = keyof typeof errors;

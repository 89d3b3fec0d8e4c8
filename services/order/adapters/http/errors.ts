import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/order.yaml` by a test, both ways. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'The cursor cannot be used here' },
  ORDER_NOT_FOUND: { status: 404, title: 'No such order' },
  CART_EMPTY: { status: 409, title: 'The cart is empty' },
  CART_CHANGED: { status: 409, title: 'The cart was changed' },
  CART_ALREADY_ORDERED: { status: 409, title: 'The cart was ordered already' },
  ITEM_NOT_SOLD: { status: 409, title: 'Something is not sold any more' },
  OUT_OF_STOCK: { status: 409, title: 'There is not enough of something' },
  CURRENCY_MISMATCH: { status: 409, title: 'Currencies do not mix' },
  PRICE_CHANGED: { status: 409, title: 'The price changed' },
  ORDER_NOT_CANCELLABLE: { status: 409, title: 'The order cannot be cancelled any more' },
  NO_OPEN_CASE: { status: 409, title: 'Nothing waits for a decision' },
  SEVERAL_OPEN_CASES: { status: 409, title: 'More than one case waits for a decision' },
  NOTHING_TO_RESTOCK: { status: 409, title: 'No goods came back' },
  NOT_RESHIPPABLE: { status: 409, title: 'There is nothing to send again' },
  NOT_REFUNDABLE: { status: 409, title: 'There is nothing to refund' },
  INVALID_ADDRESS: { status: 422, title: 'An address is not right' },
  INVALID_VAT_ID: { status: 422, title: 'The VAT id is not right' },
  PAYMENT_TOKEN_REQUIRED: { status: 422, title: 'It is to be paid' },
  NOT_DELIVERABLE: { status: 422, title: 'Nobody delivers there' },
  SHIPPING_OPTION_UNAVAILABLE: { status: 422, title: 'It cannot be sent that way' },
  REFUND_TOO_HIGH: { status: 422, title: 'The refund is too high' },
  INVALID_AMOUNT: { status: 422, title: 'Not an amount of this currency' },
} as const satisfies ErrorCatalogue;

export type OrderCode = keyof typeof errors;

import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/order.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  ORDER_NOT_FOUND: { status: 404, title: 'No such order' },
  CART_EMPTY: { status: 409, title: 'The cart is empty' },
  CART_CHANGED: { status: 409, title: 'The cart has changed' },
  CART_ALREADY_ORDERED: { status: 409, title: 'The cart has already been ordered' },
  ITEM_NOT_SOLD: { status: 409, title: 'An item is no longer for sale' },
  OUT_OF_STOCK: { status: 409, title: 'Not enough in stock' },
  CURRENCY_MISMATCH: { status: 409, title: 'The currencies differ' },
  PRICE_CHANGED: { status: 409, title: 'The price has changed' },
  ORDER_NOT_CANCELLABLE: { status: 409, title: 'The order can no longer be cancelled' },
  ORDER_NOT_HOLDABLE: { status: 409, title: 'The order can no longer be put on hold' },
  ORDER_NOT_SHIPPABLE: { status: 409, title: 'The order cannot be dispatched' },
  INVOICE_NOT_ISSUED: { status: 409, title: 'There is no invoice yet' },
  NO_OPEN_CASE: { status: 409, title: 'No open case' },
  SEVERAL_OPEN_CASES: { status: 409, title: 'Several open cases' },
  NOTHING_TO_RESTOCK: { status: 409, title: 'No returned goods to restock' },
  NOT_RESHIPPABLE: { status: 409, title: 'Nothing to reship' },
  NOT_REFUNDABLE: { status: 409, title: 'Nothing to refund' },
  TOO_MANY_NOTES: { status: 409, title: 'Too many notes' },
  INVALID_ADDRESS: { status: 422, title: 'Invalid address' },
  INVALID_CUSTOMER: { status: 422, title: 'Invalid customer' },
  INVALID_VAT_ID: { status: 422, title: 'Invalid VAT ID' },
  PAYMENT_TOKEN_REQUIRED: { status: 422, title: 'A payment token is required' },
  PAYMENT_METHOD_NOT_FOUND: { status: 422, title: 'No such payment method' },
  PAYMENT_METHOD_EXPIRED: { status: 422, title: 'The payment method has expired' },
  PAYMENT_METHOD_REFUSED: { status: 422, title: 'The payment method is no longer accepted' },
  NOT_DELIVERABLE: { status: 422, title: 'No carrier delivers to this address' },
  SHIPPING_OPTION_UNAVAILABLE: { status: 422, title: 'Shipping option not available' },
  REFUND_TOO_HIGH: { status: 422, title: 'The refund is too high' },
  LINE_NOT_REFUNDABLE: { status: 422, title: 'The line cannot be refunded' },
  INVALID_AMOUNT: { status: 422, title: 'Invalid amount' },
} as const satisfies ErrorCatalogue;

export type OrderCode = keyof typeof errors;

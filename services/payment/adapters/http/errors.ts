import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/payment.yaml` by a test, both ways. */
export const errors = {
  INVALID_AMOUNT: { status: 422, title: 'The amount does not fit its currency' },
  PAYMENT_TOKEN_REQUIRED: { status: 422, title: 'There is something to pay' },
  PAYMENT_NOT_FOUND: { status: 404, title: 'No such payment' },
  PAYMENT_CANCELLED: { status: 409, title: 'The order was cancelled' },
  PAYMENT_DIFFERS: { status: 409, title: 'The order has another payment' },
} as const satisfies ErrorCatalogue;

export type PaymentCode = keyof typeof errors;

import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/payment.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  INVALID_AMOUNT: { status: 422, title: 'Invalid amount' },
  PAYMENT_TOKEN_REQUIRED: { status: 422, title: 'A payment token is required' },
  TOKEN_REFUSED: { status: 422, title: 'The token is not accepted' },
  PAYMENT_NOT_FOUND: { status: 404, title: 'No such payment' },
  PAYMENT_CANCELLED: { status: 409, title: 'The order was cancelled' },
  PAYMENT_DIFFERS: { status: 409, title: 'The order already has a different payment' },
} as const satisfies ErrorCatalogue;

export type PaymentCode = keyof typeof errors;

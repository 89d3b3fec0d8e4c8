import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/user.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  INVALID_CREDENTIALS: { status: 401, title: 'Wrong e-mail address or password' },
  INVALID_REFRESH_TOKEN: { status: 401, title: 'Invalid refresh token' },
  INVALID_EMAIL_TOKEN: { status: 401, title: 'Invalid verification token' },
  INVALID_RESET_TOKEN: { status: 401, title: 'Invalid reset token' },
  SECOND_FACTOR_REQUIRED: { status: 403, title: 'A second factor is required' },
  INVALID_CHALLENGE: { status: 403, title: 'Invalid challenge' },
  WRONG_CODE: { status: 403, title: 'Wrong code' },
  WRONG_PASSWORD: { status: 403, title: 'Wrong password' },
  USER_NOT_FOUND: { status: 404, title: 'No such user' },
  FACTOR_NOT_FOUND: { status: 404, title: 'No such second factor' },
  SESSION_NOT_FOUND: { status: 404, title: 'No such session' },
  ERASURE_NOT_FOUND: { status: 404, title: 'No such erasure' },
  PAYMENT_METHOD_NOT_FOUND: { status: 404, title: 'No such payment method' },
  VIEW_NOT_FOUND: { status: 404, title: 'No such view' },
  ADDRESS_NOT_FOUND: { status: 404, title: 'No such address' },
  EMAIL_TAKEN: { status: 409, title: 'The e-mail address has an account' },
  FACTOR_EXISTS: { status: 409, title: 'There is such a second factor' },
  OWN_ACCOUNT: { status: 409, title: 'Your own account' },
  STAFF_ACCOUNT: { status: 409, title: 'An account of staff' },
  PAYMENT_METHOD_EXPIRED: { status: 409, title: 'The payment method has expired' },
  PAYMENT_METHOD_REFUSED: { status: 409, title: 'The payment provider refuses the payment method' },
  INVALID_NAME: { status: 422, title: 'Invalid name' },
  UNKNOWN_AVATAR: { status: 422, title: 'Not a picture for your avatar' },
  WEAK_PASSWORD: { status: 422, title: 'The password is too easy to guess' },
  INVALID_ADDRESS: { status: 422, title: 'Invalid address' },
  TOO_MANY_PASSKEYS: { status: 422, title: 'Too many passkeys' },
  CARD_NUMBER: { status: 422, title: 'A card number' },
  TOO_MANY_PAYMENT_METHODS: { status: 422, title: 'Too many payment methods' },
  TOO_MANY_VIEWS: { status: 422, title: 'Too many views' },
  TOO_MANY_ADDRESSES: { status: 422, title: 'Too many addresses' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many failed attempts' },
} as const satisfies ErrorCatalogue;

export type UserCode = keyof typeof errors;

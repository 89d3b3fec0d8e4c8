import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** Held against `openapi/user.yaml` by a test, both ways. */
export const errors = {
  INVALID_CREDENTIALS: { status: 401, title: 'E-mail address or password is wrong' },
  INVALID_REFRESH_TOKEN: { status: 401, title: 'The refresh token is not good any more' },
  INVALID_RESET_TOKEN: { status: 401, title: 'The reset token is not good any more' },
  WRONG_PASSWORD: { status: 403, title: 'The current password is another one' },
  USER_NOT_FOUND: { status: 404, title: 'No such user' },
  ADDRESS_NOT_FOUND: { status: 404, title: 'No such address' },
  INVALID_NAME: { status: 422, title: 'That cannot be a name' },
  WEAK_PASSWORD: { status: 422, title: 'The password is too easy to guess' },
  INVALID_ADDRESS: { status: 422, title: 'It is no address of its country' },
  TOO_MANY_ADDRESSES: { status: 422, title: 'There are too many addresses' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many passwords were tried' },
} as const satisfies ErrorCatalogue;

export type UserCode = keyof typeof errors;

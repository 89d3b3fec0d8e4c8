import type { Result } from '#kernel/result.ts';
import type { Refused } from './shop.ts';

/** What the shop's API does about the account of a customer, apart from orders and logins. */
export interface Account {
  /** Succeeds whether or not there is such an account. */
  requestPasswordReset(email: string): Promise<Result<undefined, Refused>>;
  /** @param token of a mail */
  resetPassword(token: string, password: string): Promise<Result<undefined, Refused>>;
  /** @param token of a mail */
  confirmEmail(token: string): Promise<Result<undefined, Refused>>;
}

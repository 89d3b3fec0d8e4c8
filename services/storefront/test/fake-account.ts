import { ok } from '#kernel/result.ts';
import type { Account } from '../core/ports/account.ts';

/** Notes a command, and returns what it is given. */
type Note = <T>(name: string, value: T) => (...parameters: unknown[]) => Promise<T>;

/** The account of the customer of the fake shop. */
export const fakeAccount = (note: Note): Account => ({
  requestPasswordReset: note('requestPasswordReset', ok(undefined)),
  resetPassword: note('resetPassword', ok(undefined)),
  confirmEmail: note('confirmEmail', ok(undefined)),
});

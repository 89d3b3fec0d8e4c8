import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import { userRegistered } from '../domain/events.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { CUSTOMER, openAccount, type Name, type User } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';

export interface Registration extends Name {
  readonly email: string;
  readonly password: string;
}

type Refused = WeakPassword | Refusal<'EMAIL_TAKEN'>;

/**
 * Opens a customer's account. The key's fingerprint must leave the password out: a digest of it would be kept. So a
 * repetition is compared with the account's hash instead.
 */
export const makeRegisterUser = (
  unitOfWork: UnitOfWork<UserTx>,
  queries: UserQueries,
  passwords: Passwords,
  ids: Ids,
  clock: Clock,
) => {
  const open = (
    { password: _, ...registration }: Registration,
    passwordHash: string,
    key: IdempotencyKey | undefined,
  ): Promise<Result<string, Refused | IdempotencyRefusal>> =>
    once(unitOfWork, key, String, async ({ users, outbox }): Promise<Result<string, Refused>> => {
      const user = openAccount({ ...registration, passwordHash, roles: [CUSTOMER] }, ids.next(), clock.now());
      if (await users.findByEmail(user.email))
        return refuse('EMAIL_TAKEN', 'There is an account with this e-mail address.');
      await users.save(user);
      await outbox.add(userRegistered(user));
      return ok(user.userId);
    });

  return async (
    registration: Registration,
    key?: IdempotencyKey,
  ): Promise<Result<User, Refused | IdempotencyRefusal>> => {
    const { email, password } = registration;
    const strong = checkPassword(password, normalizeEmail(email));
    if (!strong.ok) return strong;
    const passwordHash = await passwords.hash(password);
    const opened = await open(registration, passwordHash, key);
    if (!opened.ok) return opened;
    const user = await queries.find(opened.value);
    if (!user) throw new Error('an account that was just opened is gone');
    const isFirst = user.passwordHash === passwordHash;
    if (isFirst || (await passwords.verify(user.passwordHash, password))) return ok(user);
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.');
  };
};

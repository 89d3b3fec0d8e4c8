import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import { accessRevoked, profileUpdated } from '../domain/events.ts';
import type { CheckPassword, WeakPassword } from '../domain/password.ts';
import { checkName, openAccount, reconfigure, type InvalidName, type Name } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** An account as configuration wants it, staff's above all. */
export interface ConfiguredAccount extends Name {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/**
 * Makes an account as it is configured; one that is so already stays untouched, its hash too. Otherwise its access tokens
 * end: what they say of roles may not hold any more.
 * @param accessMs how long access tokens live
 */
export const makeConfigureAccount =
  (
    unitOfWork: UnitOfWork<UserTx>,
    checkPassword: CheckPassword,
    passwords: Passwords,
    ids: Ids,
    clock: Clock,
    accessMs: number,
  ) =>
  async ({
    password,
    ...account
  }: ConfiguredAccount): Promise<Result<undefined, WeakPassword | InvalidName>> => {
    const email = normalizeEmail(account.email);
    const named = checkName(account);
    if (!named.ok) return named;
    const strong = checkPassword(password, { ...account, email });
    if (!strong.ok) return strong;
    const known = await unitOfWork.run(({ users }) => users.findByEmail(email));
    const isKnown = known !== undefined && (await passwords.verify(known.passwordHash, password));
    const passwordHash = isKnown ? known.passwordHash : await passwords.hash(password);
    await unitOfWork.run(async ({ users, outbox }) => {
      const current = await users.findByEmail(email);
      const configured = current
        ? reconfigure(current, { ...account, passwordHash }, clock.now())
        : openAccount({ ...account, passwordHash }, ids.next(), clock.now());
      if (!configured) return;
      await users.save(configured);
      await outbox.add(profileUpdated(configured));
      if (current) await outbox.add(accessRevoked(configured, {}, clock.now(), accessMs));
    });
    return ok(undefined);
  };

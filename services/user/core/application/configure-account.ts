import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import type { WeakPassword } from '../domain/password.ts';
import { checkName, openAccount, reconfigure, type InvalidName, type Name } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { CheckNewPassword } from './check-new-password.ts';

/** A configured account, usually of staff. */
export interface ConfiguredAccount extends Name {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/**
 * Creates or updates a configured account; an account that already matches stays untouched, including its hash. Otherwise its
 * access tokens end, because their roles may be outdated.
 * @param accessMs lifetime of access tokens
 */
export const makeConfigureAccount =
  (
    unitOfWork: UnitOfWork<UserTx>,
    checkPassword: CheckNewPassword,
    passwords: Passwords,
    ids: Ids,
    clock: Clock,
    accessMs: number,
    toWire: ToWire<Publication>,
  ) =>
  async ({
    password,
    ...account
  }: ConfiguredAccount): Promise<Result<undefined, WeakPassword | InvalidName>> => {
    const email = normalizeEmail(account.email);
    const named = checkName(account);
    if (!named.ok) return named;
    const strong = await checkPassword(password, { ...account, email });
    if (!strong.ok) return strong;
    const known = await unitOfWork.run(({ users }) => users.findByEmail(email));
    const isKnown = known !== undefined && (await passwords.verify(known.passwordHash, password));
    const passwordHash = isKnown ? known.passwordHash : await passwords.hash(password);
    await unitOfWork.run(async ({ users, outbox }) => {
      const current = await users.findByEmail(email);
      const configured = current
        ? reconfigure(current, { ...account, passwordHash }, clock.now())
        : openAccount({ ...account, passwordHash, emailVerifiedAt: clock.now() }, ids.next(), clock.now());
      if (!configured) return;
      await users.save(configured);
      await outbox.add(toWire({ type: 'user.profile.updated', user: configured }));
      if (current) await outbox.add(toWire(accessRevoked(configured, {}, clock.now(), accessMs)));
    });
    return ok(undefined);
  };

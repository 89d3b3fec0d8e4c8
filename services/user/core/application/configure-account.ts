import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import { profileUpdated } from '../domain/events.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { openAccount, reconfigure, type Name } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** An account as configuration wants it, staff's above all. */
export interface ConfiguredAccount extends Name {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/** Makes an account as it is configured; one that is so already stays untouched, its hash too. */
export const makeConfigureAccount =
  (unitOfWork: UnitOfWork<UserTx>, passwords: Passwords, ids: Ids, clock: Clock) =>
  async ({ password, ...account }: ConfiguredAccount): Promise<Result<undefined, WeakPassword>> => {
    const email = normalizeEmail(account.email);
    const strong = checkPassword(password, email);
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
    });
    return ok(undefined);
  };

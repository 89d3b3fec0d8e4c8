import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import type { InJson } from '#kernel/json.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '../domain/email.ts';
import { userRegistered } from '../domain/events.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { CUSTOMER, openAccount, profileOf, type Name, type Profile } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserTx } from '../ports/user-tx.ts';

export interface Registration extends Name {
  readonly email: string;
  readonly password: string;
}

type Refused = WeakPassword | Refusal<'EMAIL_TAKEN'>;

interface Opened {
  readonly profile: Profile;
  /** The account's, as it is by now; none if the account is gone. */
  readonly passwordHash: string | undefined;
}

/** Only this use case keeps profiles under its keys. */
const recall = async (outcome: unknown, { users }: UserTx): Promise<Opened> => {
  const kept = outcome as InJson<Profile>;
  const { userId, createdAt, updatedAt } = kept;
  return {
    profile: { ...kept, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) },
    passwordHash: (await users.find(userId))?.passwordHash,
  };
};

/**
 * Opens a customer's account. Answers its profile as it began; a repetition, too.
 *
 * Nothing of the password is kept with the key, a digest neither, so its fingerprint must leave it out: a repetition is
 * compared with the account's hash instead. One with a password that was changed since is refused: it may be in wrong
 * hands, and whoever shows it learns nothing.
 */
export const makeRegisterUser = (
  unitOfWork: UnitOfWork<UserTx>,
  passwords: Passwords,
  ids: Ids,
  clock: Clock,
) => {
  const open = (
    { password: _, ...registration }: Registration,
    passwordHash: string,
    key: IdempotencyKey | undefined,
  ): Promise<Result<Opened, Refused | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      recall,
      async ({ users, outbox }): Promise<Result<Opened, Refused>> => {
        const account = { ...registration, passwordHash, roles: [CUSTOMER] };
        const user = openAccount(account, ids.next(), clock.now());
        if (await users.findByEmail(user.email))
          return refuse('EMAIL_TAKEN', 'There is an account with this e-mail address.');
        await users.save(user);
        await outbox.add(userRegistered(user));
        return ok({ profile: profileOf(user), passwordHash });
      },
      ({ profile }) => profile,
    );

  return async (
    registration: Registration,
    key?: IdempotencyKey,
  ): Promise<Result<Profile, Refused | IdempotencyRefusal>> => {
    const { email, password } = registration;
    const strong = checkPassword(password, normalizeEmail(email));
    if (!strong.ok) return strong;
    const passwordHash = await passwords.hash(password);
    const opened = await open(registration, passwordHash, key);
    if (!opened.ok) return opened;
    const { profile, passwordHash: known } = opened.value;
    const isFirst = known === passwordHash;
    if (isFirst || (await passwords.verify(known, password))) return ok(profile);
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request.');
  };
};

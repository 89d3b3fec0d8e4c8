import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import type { InJson } from '#kernel/json.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countAttempt } from '../domain/attempts.ts';
import { normalizeEmail } from '#kernel/email.ts';
import type { Publication } from '../domain/events.ts';
import type { WeakPassword } from '../domain/password.ts';
import { MOST_MAILS } from '../domain/password-reset.ts';
import {
  checkName,
  CUSTOMER,
  openAccount,
  profileOf,
  type InvalidName,
  type Name,
  type Profile,
  type User,
} from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { CheckNewPassword } from './check-new-password.ts';
import type { MailProof } from './verify-email.ts';

export interface Registration extends Name {
  readonly email: string;
  readonly password: string;
}

type Refused = WeakPassword | InvalidName;

interface Opened {
  readonly profile: Profile;
  /** The account's current hash; none if the account is gone. */
  readonly passwordHash: string | undefined;
  /** True if the address already has an account, so that none was opened. */
  readonly isDecoy: boolean;
}

/** What is stored under a key: the profile, and for a decoy, which has no account, also the hash. */
type Kept = InJson<Profile> & { readonly decoyHash?: string };

/** Only this use case stores profiles under its keys. */
const recall = async (outcome: unknown, { users }: UserTx): Promise<Opened> => {
  const { decoyHash, ...kept } = outcome as Kept;
  const { userId, createdAt, updatedAt } = kept;
  return {
    profile: {
      ...kept,
      emailVerifiedAt: undefined, // as it was then
      deactivatedAt: undefined,
      createdAt: new Date(createdAt),
      updatedAt: new Date(updatedAt),
    },
    passwordHash: decoyHash ?? (await users.find(userId))?.passwordHash,
    isDecoy: decoyHash !== undefined,
  };
};

const keep = ({ profile, passwordHash, isDecoy }: Opened): object =>
  isDecoy ? { ...profile, decoyHash: passwordHash } : profile;

export interface RegisterUserParts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly checkPassword: CheckNewPassword;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly toWire: ToWire<Publication>;
  readonly mailProof: MailProof;
}

/**
 * Opens a customer's account. Returns its original profile, also to a retry.
 *
 * The result does not reveal whether the address already has an account: if it does, none is opened, the owner gets a mail,
 * and the profile is made up. Clients log in to get the ID.
 *
 * No part of an account's password is stored with the key, not even a digest, so the fingerprint omits it: a retry is
 * compared with the account's hash instead. A retry with a password that has changed since is refused, because the old
 * password may be known to others.
 */
export const makeRegisterUser = (parts: RegisterUserParts) => {
  const { unitOfWork, checkPassword, passwords, secrets, ids, clock, toWire, mailProof } = parts;

  /** Sends a mail to the owner of the address, within the limit; until the address is proven, only the token that proves it. */
  const tellOwner = async (tx: UserTx, owner: User): Promise<void> => {
    if (owner.emailVerifiedAt === undefined) {
      await mailProof(tx, owner, owner.email);
      return;
    }
    const { attempts, outbox } = tx;
    const [counter, now] = [secrets.digest(`registration of ${owner.email}`), clock.now()];
    const counted = countAttempt(await attempts.lock(counter, now), now, MOST_MAILS);
    if (!counted.ok) return;
    await attempts.save(counter, counted.value);
    await outbox.add(toWire({ type: 'user.registration_repeated', user: owner, at: now }));
  };

  const open = ({ password: _, ...registration }: Registration, passwordHash: string, key?: IdempotencyKey) =>
    once(
      unitOfWork,
      key,
      recall,
      async (tx): Promise<Result<Opened, never>> => {
        const account = { ...registration, passwordHash, roles: [CUSTOMER] };
        const user = openAccount(account, ids.next(), clock.now());
        const opened = { profile: profileOf(user), passwordHash };
        const owner = await tx.users.findByEmail(user.email);
        if (owner) {
          await tellOwner(tx, owner);
          return ok({ ...opened, isDecoy: true });
        }
        await tx.users.save(user);
        await tx.outbox.add(toWire({ type: 'user.registered', user }));
        await mailProof(tx, user, user.email);
        return ok({ ...opened, isDecoy: false });
      },
      keep,
    );

  return async (
    registration: Registration,
    key?: IdempotencyKey,
  ): Promise<Result<Profile, Refused | IdempotencyRefusal>> => {
    const { email, password } = registration;
    const named = checkName(registration);
    if (!named.ok) return named;
    const strong = await checkPassword(password, { ...registration, email: normalizeEmail(email) });
    if (!strong.ok) return strong;
    const passwordHash = await passwords.hash(password);
    const opened = await open(registration, passwordHash, key);
    if (!opened.ok) return opened;
    const { profile, passwordHash: known } = opened.value;
    const isFirst = known === passwordHash;
    if (isFirst || (await passwords.verify(known, password))) return ok(profile);
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request.');
  };
};

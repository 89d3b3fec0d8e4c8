import type { Clock } from '#kernel/clock.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { INVALID_CHALLENGE, usedChallenge, type InvalidChallenge } from '../domain/challenge.ts';
import { acceptPasskey, WRONG_CODE, type WrongCode } from '../domain/factors.ts';
import { BY_PASSKEY_ALONE } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { LoginChallenges, PasskeyRequest, Passkeys } from '../ports/authenticators.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { Guess, Place } from './counters.ts';
import type { Grant } from './grant.ts';
import type { Guesses } from './guesses.ts';
import type { OpenSession } from './open-session.ts';

export interface PasskeyLogin extends Omit<Guess, 'email'> {
  readonly challenge: string;
  /** Of the browser. */
  readonly response: unknown;
  /** What the client calls itself. */
  readonly device: string;
}

/** A wrong passkey, with whose it should be if that is known, for the security log. */
export interface WrongPasskey extends WrongCode {
  readonly userId?: string;
}

export type NotProvenPasskey = InvalidChallenge | WrongPasskey | TooManyAttempts;

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly guesses: Guesses;
  readonly passkeys: Passkeys;
  readonly challenges: LoginChallenges;
  readonly secrets: Secrets;
  readonly openSession: OpenSession;
  readonly clock: Clock;
}

/** What a browser needs to let its user choose a passkey. Nothing is stored, since anyone may ask. */
export const makeBeginPasskeyLogin =
  ({ passkeys, challenges, clock }: Pick<Parts, 'passkeys' | 'challenges' | 'clock'>) =>
  (): Promise<PasskeyRequest> =>
    passkeys.request(challenges.issue(clock.now()));

/**
 * Starts a session by a passkey alone. Its authenticator has verified the user, by a PIN or a fingerprint, so that it counts as
 * both factors. Refuses identically whether the account or the passkey is wrong, or the account is deactivated. Attempts count
 * like those at a password.
 */
export const makeLogInWithPasskey = (parts: Parts) => {
  const { unitOfWork, guesses, passkeys, challenges, secrets, openSession, clock } = parts;

  const prove = async (
    tx: UserTx,
    userId: string,
    { challenge, response, ...guess }: PasskeyLogin,
  ): Promise<Result<{ readonly user: User; readonly place: Place }, NotProvenPasskey>> => {
    const user = await tx.users.find(userId);
    const place = await guesses.count(tx, { ...guess, email: user?.email ?? userId }, user);
    if (!place.ok) return place;
    const wrong = err({ ...WRONG_CODE.error, ...(user ? { userId } : {}) });
    if (!user || user.deactivatedAt) return wrong;
    const factors = await tx.factors.lock(userId);
    const digest = secrets.digest(challenge);
    if (await tx.challenges.lock(digest)) return INVALID_CHALLENGE;
    const passkey = passkeys.named(response, factors.passkeys);
    if (!passkey) return wrong;
    const counter = await passkeys.counterOf(response, passkey, challenge, { isAlone: true });
    const accepted = acceptPasskey(factors, passkey, counter);
    if (!accepted.ok) return wrong;
    await tx.factors.save(accepted.value);
    await tx.challenges.add(usedChallenge(user, digest, clock.now()));
    return ok({ user, place: place.value });
  };

  return async (login: PasskeyLogin): Promise<Result<Grant, NotProvenPasskey>> => {
    if (!challenges.isValid(login.challenge, clock.now())) return INVALID_CHALLENGE;
    const userId = passkeys.ownerOf(login.response);
    if (userId === undefined) return WRONG_CODE;
    const proven = await unitOfWork.run((tx) => prove(tx, userId, login));
    if (!proven.ok) return proven;
    const { user, place } = proven.value;
    await guesses.succeed(place, 1);
    return ok(await openSession({ user, device: login.device, methods: BY_PASSKEY_ALONE, place }));
  };
};

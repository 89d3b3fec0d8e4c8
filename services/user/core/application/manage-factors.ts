import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { INVALID_CHALLENGE, isOpen, startChallenge, type InvalidChallenge } from '../domain/challenge.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import {
  addPasskey,
  beginTotp,
  confirmTotp,
  isEnrolled,
  noFactors,
  RECOVERY_CODES,
  removePasskey,
  removeTotp,
  replaceRecoveryCodes,
  totpOf,
  type FactorExists,
  type FactorNotFound,
  type Factors,
  type FactorsChange,
  type TooManyPasskeys,
  WRONG_CODE,
  type WrongCode,
} from '../domain/factors.ts';
import { BY_CODE, BY_PASSKEY, BY_PASSWORD, stepUp } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { PasskeyCreation, Passkeys, Sealer, Totp } from '../ports/authenticators.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { tellOfFactors } from './tell-of-factors.ts';

type UserNotFound = Refusal<'USER_NOT_FOUND'>;

/** A user, in the session that asks. */
export interface InSession {
  readonly userId: string;
  /** Absent for users of another issuer, who have no factors here. */
  readonly sessionId: string | undefined;
}

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly totp: Totp;
  readonly sealer: Sealer;
  readonly passkeys: Passkeys;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

/** Shown once. */
export interface NewTotp {
  readonly secret: string;
  readonly uri: string;
}

const USER_NOT_FOUND = refuse('USER_NOT_FOUND', 'There is no such user.');

interface Changed<T> {
  readonly factors: Factors;
  /** Undefined if there is nothing to tell the owner. */
  readonly change: FactorsChange | undefined;
  readonly value: T;
}

/** Loads the user's factors, lets `decide` change them, saves them and has the owner told. */
const makeChange =
  ({ unitOfWork, clock, accessMs, toWire }: Parts) =>
  <T, E>(
    { userId, sessionId }: InSession,
    decide: (
      factors: Factors,
      user: User,
      now: Date,
      tx: UserTx,
    ) => Result<Changed<T>, E> | Promise<Result<Changed<T>, E>>,
    methods = BY_CODE,
  ): Promise<Result<T, E | UserNotFound>> =>
    unitOfWork.run(async (tx): Promise<Result<T, E | UserNotFound>> => {
      const now = clock.now();
      const user = await tx.users.find(userId);
      if (!user) return USER_NOT_FOUND;
      const before = await tx.factors.lock(userId);
      const decided = await decide(before, user, now, tx);
      if (!decided.ok) return decided;
      const { factors: after, change, value } = decided.value;
      await tx.factors.save(after);
      if (change !== undefined) await tellOfFactors(tx, toWire, user, change, now);
      const session = sessionId === undefined ? undefined : await tx.sessions.lock(userId, sessionId);
      if (!isEnrolled(before) && isEnrolled(after) && session)
        await tx.sessions.save(stepUp(session, methods, now));
      if (isEnrolled(before) && !isEnrolled(after)) {
        // What sessions have proved by a factor that is gone no longer holds.
        await tx.sessions.endOthers(userId, sessionId);
        if (session) await tx.sessions.save(stepUp(session, BY_PASSWORD, session.provenAt));
        await tx.outbox.add(toWire(accessRevoked(user, {}, now, accessMs)));
      }
      return ok(value);
    });

/** Ten new codes, and how they are stored. */
const makeCodes = (secrets: Secrets) => {
  const codes = Array.from({ length: RECOVERY_CODES }, () => secrets.recoveryCode());
  return { codes, digests: codes.map((code) => secrets.digest(code)) };
};

/** Begins to enrol an authenticator app; `makeConfirmTotp` completes it. */
export const makeBeginTotp = (parts: Parts) => {
  const { totp, sealer } = parts;
  const change = makeChange(parts);
  return (who: InSession): Promise<Result<NewTotp, FactorExists | UserNotFound>> =>
    change(who, (before, { email }) => {
      const secret = totp.newSecret();
      const begun = beginTotp(before, sealer.seal(secret, totpOf(who.userId)));
      if (!begun.ok) return begun;
      const value = { secret, uri: totp.uri(secret, email) };
      return ok({ factors: begun.value, change: undefined, value });
    });
};

/**
 * Enrols the authenticator app that has shown the code. The session counts as proven by it.
 * @returns recovery codes, shown once; empty if there was a factor
 */
export const makeConfirmTotp = (parts: Parts) => {
  const { totp, sealer, secrets } = parts;
  const change = makeChange(parts);
  return (
    who: InSession,
    code: string,
  ): Promise<Result<readonly string[], WrongCode | FactorNotFound | UserNotFound>> =>
    change(who, (before, _user, now) => {
      const step = before.totp && totp.stepOf(sealer.open(before.totp.secret, totpOf(who.userId)), code, now);
      const { codes, digests } = makeCodes(secrets);
      const confirmed = confirmTotp(before, step, digests);
      if (!confirmed.ok) return confirmed;
      const value = isEnrolled(before) ? [] : codes;
      return ok({ factors: confirmed.value, change: 'authenticator_added', value });
    });
};

/** Removes the authenticator app. With the last factor, other sessions and all access tokens end. */
export const makeRemoveTotp = (parts: Parts) => {
  const change = makeChange(parts);
  return (who: InSession): Promise<Result<undefined, FactorNotFound | UserNotFound>> =>
    change(who, (before) => {
      const removed = removeTotp(before);
      if (!removed.ok) return removed;
      return ok({ factors: removed.value, change: 'authenticator_removed', value: undefined });
    });
};

/** Begins to add a passkey: what the browser needs; `makeConfirmPasskey` completes it. */
export const makeBeginPasskey = (parts: Parts) => {
  const { secrets, passkeys } = parts;
  const change = makeChange(parts);
  return (who: InSession): Promise<Result<PasskeyCreation, UserNotFound>> =>
    change(who, async (before, user, now, { challenges }) => {
      const token = secrets.next();
      const challenge = { purpose: 'passkey', digest: secrets.digest(token), device: '' } as const;
      await challenges.add(startChallenge(user, { ...challenge, sessionId: who.sessionId }, now));
      const value = await passkeys.creation(user, before.passkeys, token);
      return ok({ factors: before, change: undefined, value });
    });
};

export interface CreatedPasskey {
  readonly name: string;
  /** The token. */
  readonly challenge: string;
  /** Of the browser. */
  readonly response: unknown;
}

export interface AddedPasskey {
  readonly passkeyId: string;
  /** Shown once; empty if there was a factor. */
  readonly recoveryCodes: readonly string[];
}

/** Adds the passkey that the browser has created. The session counts as proven by it. */
export const makeConfirmPasskey = (parts: Parts) => {
  const { secrets, passkeys } = parts;
  const change = makeChange(parts);
  type Refused = InvalidChallenge | WrongCode | FactorExists | TooManyPasskeys;
  return async (
    who: InSession,
    { name, challenge: token, response }: CreatedPasskey,
  ): Promise<Result<AddedPasskey, Refused | UserNotFound>> => {
    const created = await passkeys.created(response, token);
    return change(
      who,
      async (before, user, now, { challenges }): Promise<Result<Changed<AddedPasskey>, Refused>> => {
        const challenge = await challenges.lock(secrets.digest(token));
        const isOwn = challenge?.userId === who.userId && challenge.sessionId === who.sessionId;
        if (!isOwn || !isOpen(challenge, user, 'passkey', now)) return INVALID_CHALLENGE;
        if (!created) return WRONG_CODE;
        const { codes, digests } = makeCodes(secrets);
        const added = addPasskey(before, { ...created, name, addedAt: now.toISOString() }, digests);
        if (!added.ok) return added;
        await challenges.remove(challenge.digest);
        const value = { passkeyId: created.passkeyId, recoveryCodes: isEnrolled(before) ? [] : codes };
        return ok({ factors: added.value, change: 'passkey_added', value });
      },
      BY_PASSKEY,
    );
  };
};

/** Removes a passkey. With the last factor, other sessions and all access tokens end. */
export const makeRemovePasskey = (parts: Parts) => {
  const change = makeChange(parts);
  return (who: InSession, passkeyId: string): Promise<Result<undefined, FactorNotFound | UserNotFound>> =>
    change(who, (before) => {
      const removed = removePasskey(before, passkeyId);
      if (!removed.ok) return removed;
      return ok({ factors: removed.value, change: 'passkey_removed', value: undefined });
    });
};

/** Replaces the recovery codes. */
export const makeReplaceRecoveryCodes = (parts: Parts) => {
  const change = makeChange(parts);
  return (who: InSession): Promise<Result<readonly string[], FactorNotFound | UserNotFound>> =>
    change(who, (before) => {
      const { codes, digests } = makeCodes(parts.secrets);
      const replaced = replaceRecoveryCodes(before, digests);
      if (!replaced.ok) return replaced;
      return ok({ factors: replaced.value, change: 'recovery_codes_replaced', value: codes });
    });
};

const OWN_ACCOUNT = refuse('OWN_ACCOUNT', 'Another admin has to reset your own factors.');

/**
 * Removes all factors of another user, who has lost them; all their sessions end.
 * @param by the ID of the admin
 */
export const makeResetFactors = (parts: Parts) => {
  const change = makeChange(parts);
  return async (
    userId: string,
    by: string,
  ): Promise<Result<undefined, UserNotFound | Refusal<'OWN_ACCOUNT'>>> => {
    if (userId === by) return OWN_ACCOUNT;
    return change({ userId, sessionId: undefined }, (before) =>
      ok({
        factors: noFactors(userId),
        change: isEnrolled(before) ? 'removed_by_staff' : undefined,
        value: undefined,
      }),
    );
  };
};

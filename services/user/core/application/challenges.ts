import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import {
  INVALID_CHALLENGE,
  isOpen,
  secondFactorRequired,
  startChallenge,
  tried,
  type Challenge,
  type InvalidChallenge,
  type Purpose,
  type SecondFactorRequired,
} from '../domain/challenge.ts';
import type { Publication } from '../domain/events.ts';
import {
  acceptPasskey,
  acceptRecoveryCode,
  acceptStep,
  isEnrolled,
  totpOf,
  type Factors,
  WRONG_CODE,
  type WrongCode,
} from '../domain/factors.ts';
import { BY_CODE, BY_PASSKEY, type Method } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Passkeys, Sealer, Totp } from '../ports/authenticators.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { Place } from './counters.ts';
import type { Guesses } from './guesses.ts';
import { tellOfFactors } from './tell-of-factors.ts';

/** A new challenge, if the user has a second factor. */
export type StartChallenge = (
  user: User,
  challenge: Pick<Challenge, 'purpose' | 'device' | 'sessionId'>,
) => Promise<SecondFactorRequired | undefined>;

export const makeStartChallenge =
  (unitOfWork: UnitOfWork<UserTx>, secrets: Secrets, clock: Clock): StartChallenge =>
  (user, challenge) =>
    unitOfWork.run(async ({ factors, challenges }) => {
      const enrolled = await factors.lock(user.userId);
      if (!isEnrolled(enrolled)) return undefined;
      const token = secrets.next();
      await challenges.add(
        startChallenge(user, { ...challenge, digest: secrets.digest(token) }, clock.now()),
      );
      return secondFactorRequired(token, enrolled);
    });

/** A challenge with what answers it. */
export interface FactorProof {
  readonly challenge: string;
  /** Of an authenticator app, or a recovery code. */
  readonly code?: string | undefined;
  /** The response of a passkey to the challenge, if there is no code. */
  readonly passkey?: unknown;
  /** The client's network; see `Guess`. */
  readonly network: string;
  /** Of an earlier login, if the client has one. */
  readonly deviceToken?: string | undefined;
}

export interface ProvenFactor {
  readonly user: User;
  readonly challenge: Challenge;
  readonly methods: readonly Method[];
  readonly place: Place;
}

/** A wrong code, with whose second factor it is, for the security log. */
export interface WrongFactor extends WrongCode {
  readonly userId: string;
}

export type NotProvenFactor = InvalidChallenge | WrongFactor | TooManyAttempts;

export type ProveFactor = (
  purpose: Purpose,
  proof: FactorProof,
) => Promise<Result<ProvenFactor, NotProvenFactor>>;

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly guesses: Guesses;
  readonly totp: Totp;
  readonly sealer: Sealer;
  readonly passkeys: Passkeys;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly toWire: ToWire<Publication>;
}

/** Also counts as guesses the codes of those who know the password. A success uses up the challenge and the code. */
export const makeProveFactor = (parts: Parts): ProveFactor => {
  const { unitOfWork, guesses, totp, sealer, passkeys, secrets, clock, toWire } = parts;

  const acceptResponse = async (
    factors: Factors,
    challenge: string,
    response: unknown,
  ): Promise<Result<Factors, WrongCode>> => {
    const passkey = passkeys.named(response, factors.passkeys);
    if (!passkey) return WRONG_CODE;
    return acceptPasskey(factors, passkey, await passkeys.counterOf(response, passkey, challenge));
  };

  const acceptCode = (factors: Factors, code: string, now: Date): Result<Factors, WrongCode> => {
    const plain = code.toLowerCase().replace(/[\s-]/g, '');
    if (!/^\d{6}$/.test(plain)) return acceptRecoveryCode(factors, secrets.digest(plain));
    const isReady = factors.totp?.isConfirmed === true;
    const step = isReady
      ? totp.stepOf(sealer.open(factors.totp.secret, totpOf(factors.userId)), plain, now)
      : undefined;
    return acceptStep(factors, step);
  };

  return async (purpose, { challenge: token, code, passkey, network, deviceToken }) => {
    const proven = await unitOfWork.run(async (tx): Promise<Result<ProvenFactor, NotProvenFactor>> => {
      const { users, factors, challenges } = tx;
      const now = clock.now();
      const challenge = await challenges.lock(secrets.digest(token));
      const user = challenge && (await users.find(challenge.userId));
      if (!user || !isOpen(challenge, user, purpose, now)) return INVALID_CHALLENGE;
      const place = await guesses.countCode(tx, { email: user.email, network, deviceToken }, user);
      if (!place.ok) return place;
      const before = await factors.lock(user.userId);
      const accepted =
        code === undefined ? await acceptResponse(before, token, passkey) : acceptCode(before, code, now);
      if (!accepted.ok) {
        await challenges.save(tried(challenge)); // committed with the refusal
        return { ok: false, error: { ...accepted.error, userId: user.userId } };
      }
      await challenges.remove(challenge.digest);
      await factors.save(accepted.value);
      if (accepted.value.recoveryCodes.length < before.recoveryCodes.length)
        await tellOfFactors(tx, toWire, user, 'recovery_code_used', now);
      return ok({
        user,
        challenge,
        methods: code === undefined ? BY_PASSKEY : BY_CODE,
        place: place.value,
      });
    });
    if (proven.ok) await guesses.succeed(proven.value.place, 2);
    return proven;
  };
};

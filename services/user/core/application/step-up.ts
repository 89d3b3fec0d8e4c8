import type { Clock } from '#kernel/clock.ts';
import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { INVALID_CHALLENGE, type SecondFactorRequired } from '../domain/challenge.ts';
import { BY_PASSWORD, isAlive, stepUp, type Method } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { AccessToken } from '../ports/tokens.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { FactorProof, NotProvenFactor, ProveFactor, StartChallenge } from './challenges.ts';
import type { GiveAccess } from './grant.ts';
import { asWrongPassword, type Guesses } from './guesses.ts';

export interface StepUp {
  readonly userId: string;
  readonly sessionId: string;
  readonly password: string;
  /** The client's network; see `Guess`. */
  readonly network: string;
}

type SessionNotFound = Refusal<'SESSION_NOT_FOUND'>;

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly queries: UserQueries;
  readonly guesses: Guesses;
  readonly startChallenge: StartChallenge;
  readonly proveFactor: ProveFactor;
  readonly giveAccess: GiveAccess;
  readonly clock: Clock;
}

const SESSION_NOT_FOUND = refuse('SESSION_NOT_FOUND', 'The session has ended; log in again.');

const makeRenew =
  ({ unitOfWork, giveAccess, clock }: Pick<Parts, 'unitOfWork' | 'giveAccess' | 'clock'>) =>
  async (
    user: User,
    sessionId: string,
    methods: readonly Method[],
  ): Promise<Result<AccessToken, SessionNotFound>> => {
    const session = await unitOfWork.run(async ({ sessions }) => {
      const found = await sessions.lock(user.userId, sessionId);
      if (!found || !isAlive(found, user, clock.now())) return undefined;
      const renewed = stepUp(found, methods, clock.now());
      await sessions.save(renewed);
      return renewed;
    });
    return session ? ok(await giveAccess(user, session)) : SESSION_NOT_FOUND;
  };

/** Proves by the password again who the user of a session is; not enough for an account with a second factor. */
export const makeStepUp = (parts: Parts) => {
  const { queries, guesses, startChallenge } = parts;
  const renew = makeRenew(parts);
  return async ({
    userId,
    sessionId,
    password,
    network,
  }: StepUp): Promise<
    Result<
      AccessToken,
      SecondFactorRequired | TooManyAttempts | SessionNotFound | Refusal<'USER_NOT_FOUND' | 'WRONG_PASSWORD'>
    >
  > => {
    const user = await queries.find(userId);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    const guess = { email: user.email, network };
    const proven = await guesses.check(guess, password);
    if (!proven.ok) return asWrongPassword(proven.error);
    const challenge = await startChallenge(user, { purpose: 'step-up', device: '', sessionId });
    if (challenge !== undefined) return err(challenge);
    await guesses.succeed(proven.value.place, 1);
    return renew(proven.value.user, sessionId, BY_PASSWORD);
  };
};

/** Completes it with a second factor. */
export const makeStepUpWithFactor = (parts: Parts) => {
  const renew = makeRenew(parts);
  return async (
    sessionId: string,
    proof: FactorProof,
  ): Promise<Result<AccessToken, NotProvenFactor | SessionNotFound>> => {
    const proven = await parts.proveFactor('step-up', proof);
    if (!proven.ok) return proven;
    const { user, challenge, methods } = proven.value;
    return challenge.sessionId === sessionId ? renew(user, sessionId, methods) : INVALID_CHALLENGE;
  };
};

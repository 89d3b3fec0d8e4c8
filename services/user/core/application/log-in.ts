import { err, ok, type Result } from '#kernel/result.ts';
import type { SecondFactorRequired } from '../domain/challenge.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { BY_PASSWORD } from '../domain/session.ts';
import type { StartChallenge } from './challenges.ts';
import type { Guess } from './counters.ts';
import type { Grant } from './grant.ts';
import type { Guesses, NotProven } from './guesses.ts';
import type { OpenSession } from './open-session.ts';

export interface Credentials extends Guess {
  readonly password: string;
  /** What the client calls itself. */
  readonly device?: string;
}

/** Starts a session, unless the account has a second factor, which must then be proved. */
export const makeLogIn =
  (guesses: Guesses, startChallenge: StartChallenge, openSession: OpenSession) =>
  async ({
    password,
    device = '',
    ...guess
  }: Credentials): Promise<Result<Grant, NotProven | SecondFactorRequired>> => {
    const proven = await guesses.check({ ...guess, email: normalizeEmail(guess.email) }, password);
    if (!proven.ok) return proven;
    const { user, place } = proven.value;
    const challenge = await startChallenge(user, { purpose: 'login', device });
    if (challenge !== undefined) return err(challenge);
    await guesses.succeed(place, 1);
    return ok(await openSession({ user, device, methods: BY_PASSWORD, place }));
  };

import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import { err, ok, type Refusal, type Result } from '#kernel/result.ts';

export const MOST_ATTEMPTS = 10;
export const ATTEMPTS_WINDOW_MS = 15 * MINUTE;

/** What was tried for one account in a row: passwords, or resets of them. */
export interface Attempts {
  readonly count: number;
  /** The first of them. */
  readonly since: Date;
}

export type TooManyAttempts = Refusal<'TOO_MANY_ATTEMPTS'>;

export const noAttempts = (now: Date): Attempts => ({ count: 0, since: now });

/** Counts one more, before it is known whether it is right, so that guesses at the same time are counted too. */
export const countAttempt = (
  attempts: Attempts,
  now: Date,
  most = MOST_ATTEMPTS,
): Result<Attempts, TooManyAttempts> => {
  const endsAt = after(attempts.since, ATTEMPTS_WINDOW_MS);
  if (endsAt <= now) return ok({ count: 1, since: now });
  if (attempts.count < most) return ok({ ...attempts, count: attempts.count + 1 });
  return err({
    code: 'TOO_MANY_ATTEMPTS',
    detail: 'Too many passwords were tried; wait before the next.',
    retryAfterS: Math.ceil((endsAt.getTime() - now.getTime()) / SECOND),
  });
};

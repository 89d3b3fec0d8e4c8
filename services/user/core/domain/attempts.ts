import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import { err, ok, type Refusal, type Result } from '#kernel/result.ts';

export const ATTEMPTS_WINDOW_MS = 15 * MINUTE;

/**
 * Limits of failed passwords within the window. No one can lock out another user: attempts from unknown places only tighten
 * the limits of unknown places.
 */
export interface GuessLimits {
  /** For one account from one network. */
  readonly place: number;
  /** From one network, across all accounts that are not known there. */
  readonly network: number;
  /** For one account, from all unknown networks; after that, each further one gets only `alarmed`. */
  readonly account: number;
  readonly alarmed: number;
  /** Codes of a second factor for one account, from all unknown networks; they are tried by those who know the password. */
  readonly codes: number;
}

export const GUESS_LIMITS: GuessLimits = { place: 10, network: 100, account: 30, alarmed: 3, codes: 30 };

/** A count of attempts: of passwords, or of resets. */
export interface Attempts {
  readonly count: number;
  /** The time of the first. */
  readonly since: Date;
}

/** The counters of a guess. A place is an account and a network; it is known once a login there has succeeded. */
export interface GuessCounts {
  readonly place: Attempts;
  readonly network: Attempts;
  readonly account: Attempts;
}

export type TooManyAttempts = Refusal<'TOO_MANY_ATTEMPTS'>;

export const noAttempts = (now: Date): Attempts => ({ count: 0, since: now });

const current = (attempts: Attempts, now: Date): Attempts =>
  after(attempts.since, ATTEMPTS_WINDOW_MS) <= now ? noAttempts(now) : attempts;

const refused = ({ since }: Attempts, now: Date): Result<never, TooManyAttempts> =>
  err({
    code: 'TOO_MANY_ATTEMPTS',
    detail: 'Too many failed attempts; wait before you try again.',
    retryAfterS: Math.ceil((after(since, ATTEMPTS_WINDOW_MS).getTime() - now.getTime()) / SECOND),
  });

/** Counts an attempt before it is checked, so that concurrent guesses are counted as well. */
export const countAttempt = (
  attempts: Attempts,
  now: Date,
  most: number,
): Result<Attempts, TooManyAttempts> => {
  const counted = current(attempts, now);
  return counted.count < most ? ok({ ...counted, count: counted.count + 1 }) : refused(counted, now);
};

/** Counts a guess from an unknown place. */
export const countStranger = (
  counts: GuessCounts,
  now: Date,
  limits: GuessLimits,
): Result<GuessCounts, TooManyAttempts> => {
  const isAlarmed = current(counts.account, now).count >= limits.account;
  const place = countAttempt(counts.place, now, isAlarmed ? limits.alarmed : limits.place);
  if (!place.ok) return place;
  const network = countAttempt(counts.network, now, limits.network);
  if (!network.ok) return network;
  const account = countAttempt(counts.account, now, Infinity);
  return account.ok ? ok({ place: place.value, network: network.value, account: account.value }) : account;
};

/** Takes back counts, because the attempts succeeded. */
export const forgive = (attempts: Attempts, counted: number): Attempts => ({
  ...attempts,
  count: Math.max(0, attempts.count - counted),
});

import type { Clock } from '#kernel/clock.ts';
import { err, ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  countAttempt,
  countStranger,
  forgive,
  type Attempts,
  type GuessLimits,
  type TooManyAttempts,
} from '../domain/attempts.ts';
import type { User } from '../domain/user.ts';
import type { Devices } from '../ports/devices.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { AttemptCounters, UserTx } from '../ports/user-tx.ts';
import { countersOf, type Counters, type Guess, type Place } from './counters.ts';

export type NotProven = TooManyAttempts | Refusal<'INVALID_CREDENTIALS'>;

export interface Proven {
  readonly user: User;
  readonly place: Place;
}

/**
 * The user with this password. Refuses identically, after the same work, whether the account or the password is wrong, or the
 * account is deactivated.
 */
export type ProvePassword = (guess: Guess, password: string) => Promise<Result<Proven, NotProven>>;

export const WRONG_PASSWORD = refuse('WRONG_PASSWORD', 'The current password is wrong.');

/** For a caller who is known, and only has to prove it again. */
export const asWrongPassword = ({
  code,
  ...error
}: NotProven): Err<TooManyAttempts | Refusal<'WRONG_PASSWORD'>> =>
  code === 'INVALID_CREDENTIALS' ? WRONG_PASSWORD : err({ code, ...error });

/** What a guess takes, from the first attempt to success. */
export interface Guesses {
  /** Proves a password. The attempt counts as a failure until `succeed`. */
  readonly check: ProvePassword;
  /** `check`, then `succeed`. */
  readonly prove: ProvePassword;
  /**
   * Counts an attempt, before it is checked.
   * @param user the account, if there is one
   */
  readonly count: (
    tx: UserTx,
    guess: Guess,
    user: User | undefined,
  ) => Promise<Result<Place, TooManyAttempts>>;
  /** Counts an attempt at a second factor, which follows the right password. */
  readonly countCode: (tx: UserTx, guess: Guess, user: User) => Promise<Result<Place, TooManyAttempts>>;
  /** Takes back `counted` attempts, and remembers the place. */
  readonly succeed: (place: Place, counted: number) => Promise<void>;
}

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly devices: Devices;
  readonly clock: Clock;
  readonly limits: GuessLimits;
}

/** Counts the attempts per e-mail address, whether or not it has an account, and per network. */
export const makeGuesses = ({ unitOfWork, passwords, secrets, devices, clock, limits }: Parts): Guesses => {
  const count: Guesses['count'] = async ({ attempts, places }, { email, network, deviceToken }, user) => {
    const now = clock.now();
    const deviceId = user && devices.idOf(deviceToken, user, now);
    const names = countersOf(secrets, { email, network, deviceId });
    const isKnown = deviceId !== undefined || (await places.isKnown(names.place));
    const counted = await (isKnown ? countKnown : countUnknown)(attempts, names, now, limits);
    return counted.ok ? ok({ email, network, deviceId, isKnown }) : counted;
  };

  const check: ProvePassword = async (guess, password) => {
    const begun = await unitOfWork.run(async (tx) => {
      const user = await tx.users.findByEmail(guess.email);
      const place = await count(tx, guess, user);
      return place.ok ? ok({ user, place: place.value }) : place;
    });
    if (!begun.ok) return begun;
    const { user, place } = begun.value;
    if (!(await passwords.verify(user?.passwordHash, password)) || !user || user.deactivatedAt)
      return refuse('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');
    return ok({ user, place });
  };

  const succeed: Guesses['succeed'] = (place, counted) =>
    unitOfWork.run(async ({ attempts, places }) => {
      const [names, now] = [countersOf(secrets, place), clock.now()];
      await attempts.clear(names.place);
      await places.remember(countersOf(secrets, { ...place, deviceId: undefined }).place, now);
      if (place.isKnown) return;
      for (const name of [names.network, names.account].sort())
        await attempts.save(name, forgive(await attempts.lock(name, now), counted));
    });

  return {
    check,
    count,
    succeed,
    prove: async (guess, password) => {
      const proven = await check(guess, password);
      if (proven.ok) await succeed(proven.value.place, 1);
      return proven;
    },
    countCode: async (tx, guess, user) => {
      const place = await count(tx, guess, user);
      if (!place.ok || place.value.isKnown) return place;
      const [{ codes }, now] = [countersOf(secrets, place.value), clock.now()];
      const counted = countAttempt(await tx.attempts.lock(codes, now), now, limits.codes);
      if (!counted.ok) return counted;
      await tx.attempts.save(codes, counted.value);
      return place;
    },
  };
};

type Counted = Promise<Result<unknown, TooManyAttempts>>;

/** At a known place or with a known device, only attempts from there count. */
const countKnown = async (
  attempts: AttemptCounters,
  { place }: Counters,
  now: Date,
  limits: GuessLimits,
): Counted => {
  const counted = countAttempt(await attempts.lock(place, now), now, limits.place);
  if (counted.ok) await attempts.save(place, counted.value);
  return counted;
};

const countUnknown = async (
  attempts: AttemptCounters,
  names: Counters,
  now: Date,
  limits: GuessLimits,
): Counted => {
  const locked = new Map<string, Attempts>();
  // In a fixed order, so that concurrent units do not deadlock.
  for (const name of [names.place, names.network, names.account].sort())
    locked.set(name, await attempts.lock(name, now));
  const of = (name: string): Attempts => locked.get(name) ?? { count: 0, since: now };
  const seen = { place: of(names.place), network: of(names.network), account: of(names.account) };
  const counted = countStranger(seen, now, limits);
  if (!counted.ok) return counted;
  for (const kind of ['place', 'network', 'account'] as const)
    await attempts.save(names[kind], counted.value[kind]);
  return counted;
};

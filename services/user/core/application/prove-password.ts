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
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { AttemptCounters, UserTx } from '../ports/user-tx.ts';
import { countersOf, type Counters, type Guess } from './counters.ts';

export type NotProven = TooManyAttempts | Refusal<'INVALID_CREDENTIALS'>;

export interface Proven {
  readonly user: User;
  /** The account has logged in from this network before. */
  readonly isKnownPlace: boolean;
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

interface Begun {
  readonly user: User | undefined;
  readonly isKnown: boolean;
}

/** @returns counts the attempts per e-mail address, whether or not it has an account, and per network */
export const makeProvePassword = (
  unitOfWork: UnitOfWork<UserTx>,
  passwords: Passwords,
  secrets: Secrets,
  clock: Clock,
  limits: GuessLimits,
): ProvePassword => {
  const begin = (guess: Guess): Promise<Result<Begun, TooManyAttempts>> =>
    unitOfWork.run(async ({ users, attempts, places }) => {
      const [names, now] = [countersOf(secrets, guess), clock.now()];
      const isKnown = await places.isKnown(names.place);
      const counted = await (isKnown ? countKnown : countUnknown)(attempts, names, now, limits);
      return counted.ok ? ok({ user: await users.findByEmail(guess.email), isKnown }) : counted;
    });

  const succeed = (guess: Guess, isKnown: boolean): Promise<void> =>
    unitOfWork.run(async ({ attempts, places }) => {
      const [names, now] = [countersOf(secrets, guess), clock.now()];
      await attempts.clear(names.place);
      await places.remember(names.place, now);
      if (isKnown) return;
      for (const name of [names.network, names.account].sort())
        await attempts.save(name, forgive(await attempts.lock(name, now)));
    });

  return async (guess, password) => {
    const begun = await begin(guess);
    if (!begun.ok) return begun;
    const { user, isKnown } = begun.value;
    if (!(await passwords.verify(user?.passwordHash, password)) || !user || user.deactivatedAt)
      return refuse('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');
    await succeed(guess, isKnown);
    return ok({ user, isKnownPlace: isKnown });
  };
};

type Counted = Promise<Result<unknown, TooManyAttempts>>;

/** At a known place, only attempts from that place count. */
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

import { setTimeout as pause } from 'node:timers/promises';

export interface Pace {
  /** Between two looks. */
  readonly everyMs?: number;
  /** Without it, the test's own timeout ends what never is. */
  readonly patienceMs?: number;
}

/** Looks again until it is as expected, or patience ends; returns what was seen last. */
export const lookUntil = async <T>(
  look: () => Promise<T> | T,
  isThere: (seen: T) => boolean,
  { everyMs = 20, patienceMs = Infinity }: Pace = {},
): Promise<T> => {
  const end = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen) || performance.now() > end) return seen;
    await pause(everyMs);
  }
};

type Found<T> = Exclude<T, undefined | false>;

/** What `look` returns, as soon as that is neither `undefined` nor false. */
export const until = async <T>(look: () => Promise<T> | T): Promise<Found<T>> =>
  (await lookUntil(look, (seen) => seen !== undefined && seen !== false, { everyMs: 1 })) as Found<T>;

/** Faults last seconds; work that fails for longer is broken. */
const PERSISTENCE = { everyMs: 200, patienceMs: 90_000 };

/** Does it again until it succeeds, as a patient client would; throws its last error. */
export const persistent = async <T>(work: () => Promise<T>): Promise<T> => {
  const [last] = await lookUntil(
    () => Promise.allSettled([work()]),
    ([{ status }]) => status === 'fulfilled',
    PERSISTENCE,
  );
  if (last.status === 'rejected') throw last.reason;
  return last.value;
};

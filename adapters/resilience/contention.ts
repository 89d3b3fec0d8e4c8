import { setTimeout as sleep } from 'node:timers/promises';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { backoff } from '../messaging/backoff.ts';

/** The number of attempts of work that may lose a race, and the limits of the doubling pauses in milliseconds. */
export interface Tries {
  readonly tries: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** 0 ≤ random < 1. */
  readonly random?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** For a unit of work: in total at most a tenth of a second, and half of that on average. */
export const UNIT_TRIES: Tries = { tries: 8, firstMs: 2, lastMs: 32 };

/** A random time up to the doubled limit ("full jitter"), so that the same units do not conflict again. */
const jittered = (attempt: number, { firstMs, lastMs, random = Math.random }: Tries): number =>
  random() * backoff(attempt, firstMs, lastMs);

/** Waits after lost attempt number `attempt`, counted from 0. */
export const pauseAfter = async (attempt: number, tries: Tries): Promise<void> => {
  await (tries.pause ?? sleep)(jittered(attempt, tries));
};

const isConflict = (error: unknown): boolean => error instanceof VersionConflict;

/** Retries `work` after a pause if it lost a race; throws the last error. */
export const retryOnConflict = async <T>(
  work: () => Promise<T>,
  tries = UNIT_TRIES,
  isLost: (error: unknown) => boolean = isConflict,
): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error) || attempt + 1 >= tries.tries) throw error;
    }
    await pauseAfter(attempt, tries);
  }
};

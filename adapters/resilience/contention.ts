import { setTimeout as sleep } from 'node:timers/promises';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { backoff } from '../messaging/backoff.ts';

/** How often work is tried that may lose a race, and how long the pauses between get at most (they double); milliseconds. */
export interface Tries {
  readonly tries: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** 0 ≤ random < 1. */
  readonly random?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Of a unit of work: together a tenth of a second at most, and half of that at the mean. */
export const UNIT_TRIES: Tries = { tries: 8, firstMs: 2, lastMs: 32 };

/** Any time up to what doubling gives ("full jitter"), so that those who met do not meet again. */
const jittered = (attempt: number, { firstMs, lastMs, random = Math.random }: Tries): number =>
  random() * backoff(attempt, firstMs, lastMs);

/** Waits between the loss number `attempt`, counted from 0, and the next try. */
export const pauseAfter = async (attempt: number, tries: Tries): Promise<void> => {
  await (tries.pause ?? sleep)(jittered(attempt, tries));
};

const isConflict = (error: unknown): boolean => error instanceof VersionConflict;

/** Runs `work` again, after a pause, where it lost a race; throws what it threw the last time. */
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

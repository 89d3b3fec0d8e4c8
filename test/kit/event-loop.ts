import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';

/** Longer than code that breathes may occupy the event loop, in milliseconds. */
const LONG_MS = 60_000;

/**
 * Runs a job and counts the turns of the event loop meanwhile. Each reading of the clock finds that a long time has passed, so the job
 * yields wherever it can, and the count does not depend on the speed of the machine.
 */
export const countTurns = async <T>(
  job: () => Promise<T>,
): Promise<{ readonly result: T; readonly turns: number }> => {
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += LONG_MS));
  const running = { is: true };
  let turns = 0;
  const counting = (async () => {
    while (running.is) {
      await setImmediate();
      turns += 1;
    }
  })();
  try {
    return { result: await job(), turns };
  } finally {
    running.is = false;
    clock.mockRestore();
    await counting;
  }
};

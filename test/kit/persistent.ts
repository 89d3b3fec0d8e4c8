import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 200;

/** Faults last seconds; whatever fails for longer is broken. */
const PATIENCE_MS = 90_000;

/** Does it again until it succeeds, as a patient client would; throws what went wrong last. */
export const persistent = async <T>(work: () => Promise<T>): Promise<T> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
};

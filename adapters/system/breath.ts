import { setImmediate } from 'node:timers/promises';

/** How long synchronous work may occupy the event loop, in milliseconds. */
const LONGEST_TURN_MS = 10;

let begun = 0;

/**
 * Yields to the event loop if it was occupied for a while. For long loops, and for stores inside this process, whose `await`
 * does not yield.
 */
export const breathe = async (): Promise<void> => {
  if (performance.now() - begun < LONGEST_TURN_MS) return;
  await setImmediate();
  begun = performance.now();
};

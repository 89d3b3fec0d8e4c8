import { setImmediate } from 'node:timers/promises';

/** How long synchronous work may occupy the event loop, in milliseconds. */
const LONGEST_TURN_MS = 10;

let begun = 0;

/**
 * Yields to the event loop if it was occupied for a while. For long loops, and for stores inside this process, whose `await`
 * does not yield.
 */
export const breathe = async (): Promise<void> => {
  const occupied = performance.now() - begun;
  if (occupied >= 0 && occupied < LONGEST_TURN_MS) return; // negative: a test has given the clock back
  await setImmediate();
  begun = performance.now();
};

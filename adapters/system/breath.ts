import { setImmediate } from 'node:timers/promises';

/** Milliseconds that work which waits for nothing may keep the event loop to itself. */
const LONGEST_TURN_MS = 10;

let begun = 0;

/**
 * Lets everything else have its turn when none had one for a while. For loops over much, and stores inside this process:
 * an `await` of theirs waits for nothing, so it lets nothing in.
 */
export const breathe = async (): Promise<void> => {
  if (performance.now() - begun < LONGEST_TURN_MS) return;
  await setImmediate();
  begun = performance.now();
};

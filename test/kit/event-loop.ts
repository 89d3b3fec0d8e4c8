import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;

/** Does `work`, and says how long the event loop was held at most while it did, in milliseconds. */
export const longestPause = async (work: () => Promise<unknown>): Promise<number> => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS));
  delays.enable();
  await turn();
  delays.reset(); // what was before is not its doing
  await work();
  await turn(); // or the last pause is not counted
  delays.disable();
  return delays.max / 1e6;
};

import { performance } from 'node:perf_hooks';

/** Which share of the time since it was made this process's event loop was busy: 0…1. */
export type LoadSince = () => number;

/** Begins to watch the event loop. Costs nothing until it is asked. */
export const watchLoad = (): LoadSince => {
  const since = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(since).utilization;
};

/** From here on a call that took too long may have waited for us rather than for its callee. */
export const SATURATED = 0.9;

import { performance } from 'node:perf_hooks';

/** The share of time, 0…1, that this process's event loop was busy since the creation. */
export type LoadSince = () => number;

/** Starts watching the event loop. Costs nothing until it is read. */
export const watchLoad = (): LoadSince => {
  const since = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(since).utilization;
};

/** Above this share, a late call may have waited for us rather than for its callee. */
export const SATURATED = 0.9;

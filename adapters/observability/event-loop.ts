import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/**
 * The interval at which the event loop is sampled; the lateness beyond it is the delay. Each sample wakes the process: at 10 ms, that
 * took most of the processor time of an idle shop.
 */
const RESOLUTION_MS = 50;
/** Measurements are dropped after one to two of these intervals, so that every scrape per minute sees them. */
const WINDOW_MS = 30_000;

/** The maximum delay of the event loop in the last half minute or minute, in seconds. */
export interface EventLoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const NONE: EventLoopDelay = { p50: 0, p99: 0, max: 0 };

const larger = (a: EventLoopDelay, b: EventLoopDelay): EventLoopDelay => ({
  p50: Math.max(a.p50, b.p50),
  p99: Math.max(a.p99, b.p99),
  max: Math.max(a.max, b.max),
});

/** Starts the measurement; returns a function that reads it. One per process is enough. */
export const measureEventLoop = (now = (): number => performance.now()): (() => EventLoopDelay) => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let before = NONE;
  let since = now();
  const seconds = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS) / 1e3;
  return () => {
    const current =
      histogram.count === 0
        ? NONE
        : {
            p50: seconds(histogram.percentile(50)),
            p99: seconds(histogram.percentile(99)),
            max: seconds(histogram.max),
          };
    const shown = larger(before, current);
    if (now() - since >= WINDOW_MS) {
      before = current;
      since = now();
      histogram.reset();
    }
    return shown;
  };
};

let measured: (() => EventLoopDelay) | undefined;

/** Of this process. */
export const eventLoopDelay = (): EventLoopDelay => (measured ??= measureEventLoop())();

import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How often the event loop is looked at; what it is late beyond that is its delay. */
const RESOLUTION_MS = 10;
/** What was measured is forgotten after once or twice as long, so that every reader of a minute sees it. */
const WINDOW_MS = 30_000;

/** How late this process came to what was due, in seconds, in the last half minute or minute. */
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

/** Begins to measure; what it returns says what was measured. There is one event loop, so once per process is enough. */
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

import type { Clock } from '#kernel/clock.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';

/** Maintains stored data, for example by deleting what has expired; several instances may run it at once. */
export interface Sweep {
  /** The data: `expired carts`. */
  readonly name: string;
  /** Milliseconds from the end of one sweep to the next. */
  readonly everyMs: number;
  readonly sweep: (now: Date) => Promise<void>;
}

export interface RunningSweeps {
  /** Stops after the current sweeps. */
  stop(): Promise<void>;
}

/** Sweeps at the start, so that short-lived processes sweep as well, and then at intervals; a failed sweep is retried soon. */
export const startSweeps = (
  sweeps: readonly Sweep[],
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): RunningSweeps => {
  const loops = sweeps.map(
    ({ name, everyMs, sweep }) =>
      new WakeableLoop({
        turn: async () => {
          await sweep(clock.now());
          return everyMs;
        },
        onError: (error) => {
          logger.warn({ err: error, sweep: name }, 'a sweep failed');
        },
      }),
  );
  for (const loop of loops) loop.start();
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
};

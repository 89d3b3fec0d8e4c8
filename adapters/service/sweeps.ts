import type { Clock } from '#kernel/clock.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';

/** Forgets what is over; several instances may do it at once, without harm. */
export interface Sweep {
  /** What it forgets: `expired carts`. */
  readonly name: string;
  /** Milliseconds from the end of one sweep to the next. */
  readonly everyMs: number;
  readonly sweep: (now: Date) => Promise<void>;
}

export interface RunningSweeps {
  /** Ends after the sweeps in hand. */
  stop(): Promise<void>;
}

/** Sweeps at once, so that a process that never lives long sweeps too, and then each at its pace; a failed one soon again. */
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

import { SECOND } from '#kernel/clock.ts';

/** Deliveries that one unit sends again. */
export const RECOVERED_AT_ONCE = 100;
/** From one part of a recovery to the next, milliseconds: an endpoint that has just come back is not flooded. */
export const RECOVERY_PAUSE_MS = 5 * SECOND;

/** The failed deliveries of an endpoint that are sent again together. Plain JSON: times are RFC 3339. */
export interface Recovery {
  /** Of deliveries created from here on … */
  readonly since: string;
  /** … until the recovery began. */
  readonly startedAt: string;
  /** How many are sent again so far. */
  readonly recovered: number;
  readonly finishedAt?: string;
}

export const newRecovery = (since: Date, now: Date): Recovery => ({
  since: since.toISOString(),
  startedAt: now.toISOString(),
  recovered: 0,
});

export const isRunning = (recovery: Recovery | undefined): recovery is Recovery =>
  recovery !== undefined && recovery.finishedAt === undefined;

/** After a part of it. */
export const afterPart = (
  recovery: Recovery,
  { recovered, isLast }: { readonly recovered: number; readonly isLast: boolean },
  now: Date,
): Recovery => ({
  ...recovery,
  recovered: recovery.recovered + recovered,
  ...(isLast && { finishedAt: now.toISOString() }),
});

import type { Task } from '#kernel/tasks.ts';

/** Lease of a task, milliseconds: longer than performing and settling it may take. */
export const LEASE_MS = 30_000;

/** A slot at a worker, reserved and leased for a task that a unit of work is about to schedule. */
export interface Slot {
  /** The unit has committed. */
  begin(task: Task): void;
  /** It has not, or the task was already scheduled. */
  release(): void;
}

/** Reserves a slot for a task of this kind; undefined if its worker has none or does not run. */
export type SlotFor = (kind: string) => Slot | undefined;

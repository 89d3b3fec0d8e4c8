import type { Task } from '#kernel/tasks.ts';

/** Milliseconds that a task belongs to one worker: longer than performing and settling it may take. */
export const LEASE_MS = 30_000;

/** A place at a worker, kept free for a task that a unit of work is about to promise, already leased. */
export interface Place {
  /** The unit has committed. */
  begin(task: Task): void;
  /** It has not, or the task had been promised before. */
  release(): void;
}

/** Keeps a place for a task of this kind; undefined while its worker has none, or does not run. */
export type PlaceFor = (kind: string) => Place | undefined;

import type { StoredDocument } from './documents.ts';

/** A long job, done in steps by one process at a time; another one continues it if that process dies. */
export interface RunnableJob extends StoredDocument {
  /** Its place among the jobs of its kind that wait or run, from 0; absent if there is nothing to do. */
  readonly slot?: number | undefined;
  readonly lease?: JobLease | undefined;
}

/** Which process works on a job, and until when (ISO 8601) no other may. */
export interface JobLease {
  readonly owner: string;
  readonly until: string;
}

/** How many jobs of a kind may wait or run at once. */
export const JOB_SLOTS = 4;

/** By which a job is found while it has a slot: no two jobs have the same. */
export const slotName = (slot: number): string => `slot ${slot}`;

/** The names under which a job is saved. */
export const jobNames = ({ slot }: RunnableJob): readonly string[] =>
  slot === undefined ? [] : [slotName(slot)];

/** A change of a job as it is then; others may have changed it meanwhile. A job without a slot is finished. */
export interface JobStep<J extends RunnableJob> {
  (job: J): J;
  /** True if what follows relies on it: the job goes on only when it is stored. */
  readonly isUrgent?: boolean;
}

export const urgent = <J extends RunnableJob>(step: (job: J) => J): JobStep<J> =>
  Object.assign((job: J) => step(job), { isUrgent: true });

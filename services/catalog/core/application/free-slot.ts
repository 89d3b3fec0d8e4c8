import type { Documents } from '#kernel/documents.ts';
import { JOB_SLOTS, slotName, type RunnableJob } from '#kernel/jobs.ts';

/** A slot in which no job of this kind waits or runs; undefined if there is none. */
export const freeSlot = async <Job extends RunnableJob>(
  jobs: Documents<Job>,
): Promise<number | undefined> => {
  for (let slot = 0; slot < JOB_SLOTS; slot += 1) if (!(await jobs.byName(slotName(slot)))) return slot;
  return undefined;
};

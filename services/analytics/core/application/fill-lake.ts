import type { Lake, LakeQueue } from '../ports/lake.ts';

/** Some megabytes, as most rows are short. */
export const MOST_ROWS = 5_000;

/**
 * Writes what waits into the lake. What is killed in between is done again with the same batch, and so the same files: no row is there
 * twice, and none is missing.
 */
export const makeFillLake =
  (queue: LakeQueue, lake: Lake, limit = MOST_ROWS) =>
  async (): Promise<void> => {
    for (let batch = await queue.begin(limit); batch; batch = await queue.begin(limit)) {
      await lake.write(batch);
      await queue.end(batch.batchId);
    }
  };

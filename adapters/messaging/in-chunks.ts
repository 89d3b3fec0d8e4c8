/** Rows that are worked on between two breaths: some milliseconds for events of a few kB. */
const CHUNK = 200;

/** Does `work` with each of `items`, and lets everything else have its turn now and then. */
export const inChunks = async <T>(
  items: readonly T[],
  work: (item: T) => void,
  chunk = CHUNK,
): Promise<void> => {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % chunk === 0) await new Promise(setImmediate);
    work(item);
  }
};

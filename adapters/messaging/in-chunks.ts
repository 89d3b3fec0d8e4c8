/** Rows handled before yielding: some milliseconds for events of a few kB. */
const CHUNK = 200;

/** Calls `work` with each of `items`, yielding to the event loop now and then. */
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

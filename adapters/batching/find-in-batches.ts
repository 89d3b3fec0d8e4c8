import { inBatches } from './in-batches.ts';

/**
 * Finds by ID; look-ups of one turn of the event loop are one call of `load`.
 * @param load those of them that exist, in any order
 */
export const findInBatches = <T extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<readonly T[]>,
): ((id: string) => Promise<T | undefined>) =>
  inBatches(
    async (ids: readonly string[]) => {
      const found = new Map((await load(ids)).map((one) => [one.id, one]));
      return ids.map((id) => found.get(id));
    },
    (id) => id,
  );

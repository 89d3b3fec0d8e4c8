import { expect } from 'vitest';
import type { Store } from '#adapters/service/module.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';

type AskPage<T> = (request: PageRequest) => Promise<PageResult<T>>;

const MOST_PAGES = 100;

/** The items of all pages of `limit` items, in their order. Throws for a refusal, and for a list without an end. */
export const allPages = async <T>(ask: AskPage<T>, limit = 2): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await ask({ limit, cursor });
    if (!answer.ok) throw new Error(answer.error.code);
    items.push(...answer.value.items);
    cursor = answer.value.next;
    if (cursor === undefined) return items;
  }
  throw new Error(`no end after ${MOST_PAGES} pages`);
};

/** Ids of items that are alike in everything that a list is sorted by, in the order to store them: no order at all. */
export const TIED: readonly string[] = [5, 1, 8, 3, 0, 9, 2, 7, 4, 6].map(
  (digit) => `01900000-0000-7000-8000-00000000000${digit}`,
);

export const ASCENDING: readonly string[] = TIED.toSorted();
export const DESCENDING: readonly string[] = ASCENDING.toReversed();

const INDEXES = ['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan'];

/**
 * From now on PGlite, which has one connection, uses no index: one may put rows of equal rank in order by chance, while
 * without any only the statement can. Other stores stay as they are.
 */
export const forgetIndexes = async (name: string, store: Store): Promise<void> => {
  if (name !== 'pglite' || store.kind !== 'sql') return;
  for (const setting of INDEXES) await store.database.query(`set ${setting} = off`);
};

/**
 * The contract of every list that is read page by page: items of equal rank, the `TIED` ones, are ordered by their ids,
 * or else a page may repeat some and leave out others.
 * @param ties `ASCENDING` or `DESCENDING`
 */
export const expectTiesInOrder = async <T>(
  ask: AskPage<T>,
  idOf: (item: T) => string,
  ties: readonly string[],
): Promise<void> => {
  for (const limit of [1, 3, TIED.length, TIED.length + 1])
    expect((await allPages(ask, limit)).map(idOf)).toEqual(ties);
};

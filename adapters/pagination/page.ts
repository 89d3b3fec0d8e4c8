import type { PageRequest, PageResult } from '#kernel/pages.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { decodeCursor, encodeCursor, type Position, type SortedBy } from './cursor.ts';

/** Where the page before ended, undefined for the first page; refuses a cursor of another list. */
export const positionOf = (
  { cursor }: Pick<PageRequest, 'cursor'>,
  list: string,
  by: SortedBy,
): Result<Position | undefined, Refusal<'INVALID_CURSOR'>> => {
  if (cursor === undefined) return ok(undefined);
  const position = decodeCursor(cursor, list, by);
  return position ? ok(position) : refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
};

/** A page of `found`, which has one item more than `limit` when more follow. */
export const pageOf = <T>(
  found: readonly T[],
  limit: number,
  positionOfItem: (item: T) => Position,
): PageResult<T> => {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return ok({ items, next: last && encodeCursor(positionOfItem(last)) });
};

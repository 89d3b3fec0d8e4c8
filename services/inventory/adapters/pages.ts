import { decodeCursor, encodeCursor, type Position, type SortedBy } from '#adapters/pagination/cursor.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { PageResult, PageWish } from '../core/ports/stock-queries.ts';

/** Where the page before ended; a refusal for a cursor of another list. */
export const positionOf = ({ cursor }: PageWish, list: string, by: SortedBy) => {
  if (cursor === undefined) return ok(undefined);
  const position = decodeCursor(cursor, list, by);
  return position ? ok(position) : refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
};

/** A page of `found`, which has one item more than wished for when more follow. */
export const pageOf = <T>(
  found: readonly T[],
  limit: number,
  positionOfItem: (item: T) => Position,
): PageResult<T> => {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return ok({ items, next: last && encodeCursor(positionOfItem(last)) });
};

export const stockList = (low: boolean): string => (low ? 'stock:low' : 'stock');
export const adjustmentList = (variantId: string): string => `adjustments:${variantId}`;

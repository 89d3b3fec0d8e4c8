import { z } from 'zod';
import type { SearchPosition } from '../../core/application/search-products.ts';
import { MOST_SLOTS } from '../../core/query/plan.ts';

const Cursor = z.tuple([
  z.enum(['relevance', 'price_asc', 'price_desc', 'newest', 'rating', 'best_selling']),
  z.enum(['sku', 'strong', 'all', 'typos', 'any']),
  z.array(z.int().min(1).max(3)).max(MOST_SLOTS),
  z.array(z.boolean()).max(MOST_SLOTS),
  z.number(),
  z.guid(),
]);

/** An opaque cursor for clients to send back. */
export const encodePosition = ({ sort, level, weights, unknown, value, productId }: SearchPosition): string =>
  Buffer.from(JSON.stringify([sort, level, weights, unknown, value, productId])).toString('base64url');

/** Undefined if the text is not a cursor of a search sorted in this way. */
export const decodePosition = (cursor: string, sort: string): SearchPosition | undefined => {
  try {
    const parsed = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    const [sortedBy, level, weights, unknown, value, productId] = parsed;
    return sortedBy === sort ? { sort: sortedBy, level, weights, unknown, value, productId } : undefined;
  } catch {
    return undefined;
  }
};

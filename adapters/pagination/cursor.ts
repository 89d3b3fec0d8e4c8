import { z } from 'zod';

/** Where a page ended: the list it belongs to, the sort value of its last item, and that item's id. */
export interface Position {
  readonly list: string;
  readonly value: string | number;
  readonly id: string;
}

const tuple = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** An opaque cursor; clients only hand it back. */
export const encodeCursor = ({ list, value, id }: Position): string =>
  Buffer.from(JSON.stringify([list, value, id])).toString('base64url');

/** Undefined for a text that is no cursor of `list`. */
export const decodeCursor = (cursor: string, list: string): Position | undefined => {
  try {
    const parsed = tuple.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (!parsed.success || parsed.data[0] !== list) return undefined;
    const [, value, id] = parsed.data;
    return { list, value, id };
  } catch {
    return undefined;
  }
};

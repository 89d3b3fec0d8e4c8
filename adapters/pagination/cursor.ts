import { z } from 'zod';

/** Longer than any name that lists are sorted by; characters. */
const LONGEST_TEXT = 500;
/** No list has anything older, and no store takes a year 0. */
const OLDEST = Date.UTC(1970, 0, 1);
/** Later ones have five digits for their year, which are sorted before four. */
const LATEST = Date.UTC(9999, 11, 31);
/** The largest integer of a column; those of money are larger, and take it as well. */
const MOST = 2 ** 53 - 1;

/** What lists are sorted by, and what every store takes for it: a cursor comes from outside. */
const VALUES = {
  text: z
    .string()
    .max(LONGEST_TEXT)
    .refine((text) => !text.includes('\0') && text.isWellFormed()),
  time: z.iso.datetime().refine((text) => Date.parse(text) >= OLDEST && Date.parse(text) <= LATEST),
  number: z.int().min(-MOST).max(MOST),
};
export type SortedBy = keyof typeof VALUES;

/** Where a page ended: the list it belongs to, the sort value of its last item, and that item's id. */
export interface Position {
  readonly list: string;
  readonly value: string | number;
  /** A UUID. */
  readonly id: string;
}

/** An opaque cursor; clients only hand it back. */
export const encodeCursor = ({ list, value, id }: Position): string =>
  Buffer.from(JSON.stringify([list, value, id])).toString('base64url');

/** Undefined for a text that is no cursor of `list`. */
export const decodeCursor = (cursor: string, list: string, by: SortedBy): Position | undefined => {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [, value, id] = z.tuple([z.literal(list), VALUES[by], z.guid()]).parse(JSON.parse(text));
    return { list, value, id };
  } catch {
    return undefined;
  }
};

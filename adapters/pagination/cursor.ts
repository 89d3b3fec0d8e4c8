import { z } from 'zod';

/** Longer than any name by which lists are sorted; characters. */
const LONGEST_TEXT = 500;
/** No list has older items, and no store accepts the year 0. */
const OLDEST = Date.UTC(1970, 0, 1);
/** Later years have five digits, which sort before four. */
const LATEST = Date.UTC(9999, 11, 31);
/** The largest integer of a column; money columns are larger and accept it as well. */
const MOST = 2 ** 53 - 1;

/** The sort values of lists, limited to what every store accepts, because cursors come from clients. */
const VALUES = {
  text: z
    .string()
    .max(LONGEST_TEXT)
    .refine((text) => !text.includes('\0') && text.isWellFormed()),
  time: z.iso.datetime().refine((text) => Date.parse(text) >= OLDEST && Date.parse(text) <= LATEST),
  number: z.int().min(-MOST).max(MOST),
  decimal: z.number().min(-MOST).max(MOST),
};
export type SortedBy = keyof typeof VALUES;

/** Whether every store accepts the value. */
export const isSortable = (by: SortedBy, value: string | number): boolean =>
  VALUES[by].safeParse(value).success;

/** The end of a page: its list, the sort value of the last item, and that item's ID. */
export interface Position {
  readonly list: string;
  readonly value: string | number;
  /** A UUID. */
  readonly id: string;
}

/** An opaque cursor for clients to send back. */
export const encodeCursor = ({ list, value, id }: Position): string =>
  Buffer.from(JSON.stringify([list, value, id])).toString('base64url');

/** Undefined if the text is not a cursor of `list`. */
export const decodeCursor = (cursor: string, list: string, by: SortedBy): Position | undefined => {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [, value, id] = z.tuple([z.literal(list), VALUES[by], z.guid()]).parse(JSON.parse(text));
    return { list, value, id };
  } catch {
    return undefined;
  }
};

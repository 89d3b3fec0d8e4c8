import { z } from 'zod';

/** What lists are sorted by, and what a query takes for it: a cursor comes from outside. */
const VALUES = {
  text: z.string().refine((text) => !text.includes('\0')),
  time: z.iso.datetime(),
  number: z.int(),
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

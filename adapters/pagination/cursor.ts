import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Where a page ended: the list it belongs to, the sort value of its last item, and that item's id. */
export interface Position {
  readonly list: string;
  readonly value: string | number;
  readonly id: string;
}

const tuple = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string(), z.string()]);

/** Tells a cursor that we made from one that somebody has put together, whose values no query expects. */
const sealOf = ({ list, value, id }: Position): string =>
  createHash('sha256')
    .update(JSON.stringify([list, value, id]))
    .digest('base64url')
    .slice(0, 8);

/** An opaque cursor; clients only hand it back. */
export const encodeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify([position.list, position.value, position.id, sealOf(position)])).toString(
    'base64url',
  );

/** Undefined for a text that is no cursor of `list`. */
export const decodeCursor = (cursor: string, list: string): Position | undefined => {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [ofList, value, id, seal] = tuple.parse(JSON.parse(text));
    const position = { list, value, id };
    return ofList === list && seal === sealOf(position) ? position : undefined;
  } catch {
    return undefined;
  }
};

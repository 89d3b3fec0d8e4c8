import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, type SortedBy } from './cursor.ts';

const ID = '0190a000-0000-7000-8000-000000000001';
const times = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
const VALUES = {
  text: fc.string({ unit: 'grapheme', maxLength: 100 }).filter((text) => !text.includes('\0')),
  time: times.map((date) => date.toISOString()),
  number: fc.integer(),
  decimal: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
};

const raw = (...parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('a cursor', () => {
  it.each<SortedBy>(['text', 'time', 'number', 'decimal'])(
    'is read back unchanged, and needs no encoding in a URL: by %s',
    (by) => {
      const positions = fc.record({ list: fc.string(), value: VALUES[by], id: fc.uuid() });
      fc.assert(
        fc.property(positions, (position) => {
          const cursor = encodeCursor(position);
          expect(decodeCursor(cursor, position.list, by)).toEqual(position);
          expect(encodeURIComponent(cursor)).toBe(cursor);
        }),
      );
    },
  );

  it('is not valid for another list', () => {
    expect(
      decodeCursor(encodeCursor({ list: 'name', value: 'a', id: ID }), 'newest', 'text'),
    ).toBeUndefined();
  });

  it.each(['', 'nonsense', 'bnVsbA', raw('list'), raw('list', 1, ID, 2), raw(['list'], 1, ID)])(
    'is not %j',
    (text) => {
      expect(decodeCursor(text, 'list', 'number')).toBeUndefined();
    },
  );

  it.each<[SortedBy, unknown, string]>([
    ['number', 'no number', ID],
    ['number', 1.5, ID],
    ['number', 1e300, ID],
    ['time', 'yesterday', ID],
    ['time', 7, ID],
    ['time', '0000-01-01T00:00:00Z', ID],
    ['time', '1969-12-31T23:59:59Z', ID],
    ['time', '9999-12-31T23:59:59Z', ID],
    ['time', '+010000-01-01T00:00:00Z', ID],
    ['time', '2026-02-30T00:00:00Z', ID],
    ['time', '2026-01-01T00:00:00', ID],
    ['number', 2 ** 53, ID],
    ['number', -(2 ** 53), ID],
    ['text', 'x'.repeat(501), ID],
    ['text', 'a\ud800', ID],
    ['text', 7, ID],
    ['text', 'a\0', ID],
    ['text', 'a', 'no id'],
  ])('is invalid if a query cannot take its values: %s %j %s', (by, value, id) => {
    expect(decodeCursor(raw('list', value, id), 'list', by)).toBeUndefined();
  });
});

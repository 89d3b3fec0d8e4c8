import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.ts';

const positions = fc.record({
  list: fc.string(),
  value: fc.oneof(fc.string(), fc.integer()),
  id: fc.uuid(),
});

describe('a cursor', () => {
  it('comes back as it was given out, and needs no encoding in an address', () => {
    fc.assert(
      fc.property(positions, (position) => {
        const cursor = encodeCursor(position);
        expect(decodeCursor(cursor, position.list)).toEqual(position);
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  it('is none of another list', () => {
    expect(decodeCursor(encodeCursor({ list: 'name', value: 'a', id: 'b' }), 'newest')).toBeUndefined();
  });

  it.each(['', 'nonsense', 'bnVsbA', 'WyJuYW1lIiwiYSJd'])('is not %j', (text) => {
    expect(decodeCursor(text, 'name')).toBeUndefined();
  });

  it('is none when somebody has changed it, whose values a query might choke on', () => {
    const text = Buffer.from(encodeCursor({ list: 'price', value: 100, id: 'b' }), 'base64url').toString();
    const forged = Buffer.from(text.replace('100', '"no number"')).toString('base64url');
    expect(decodeCursor(forged, 'price')).toBeUndefined();
  });
});

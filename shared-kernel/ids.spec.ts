import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isUuid, SequentialIds, uuidv7 } from './ids.ts';

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('a UUIDv7', () => {
  it('is laid out as RFC 9562 shows', () => {
    // The example of its appendix A.6.
    const bytes = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
    expect(uuidv7(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('is a UUID of version 7 and variant 10, whatever the time and the random bytes', () => {
    fc.assert(
      fc.property(times, random, (time, bytes) => {
        const id = uuidv7(time, bytes);
        expect(isUuid(id)).toBe(true);
        expect(id).toMatch(/^.{14}7.{4}[89ab]/);
      }),
    );
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(times, times, random, random, (a, b, bytesA, bytesB) => {
        fc.pre(a < b);
        expect(uuidv7(a, bytesA) < uuidv7(b, bytesB)).toBe(true);
      }),
    );
  });

  it('uses all random bits', () => {
    fc.assert(
      fc.property(times, random, random, (time, a, b) => {
        const same = (index: number, mask: number): boolean =>
          ((a[index] ?? 0) & mask) === ((b[index] ?? 0) & mask);
        const isSame = [0x0f, 0xff, 0x3f, 255, 255, 255, 255, 255, 255, 255].every((mask, index) =>
          same(index, mask),
        );
        expect(uuidv7(time, a) === uuidv7(time, b)).toBe(isSame);
      }),
    );
  });

  it('reads missing bytes as zero', () => {
    expect(uuidv7(1, new Uint8Array())).toBe('00000000-0001-7000-8000-000000000000');
  });
});

describe('ids for tests', () => {
  it('count up and are UUIDs', () => {
    const ids = new SequentialIds();
    const [first, second] = [ids.next(), ids.next()];
    expect([first, second]).toEqual([
      '00000000-0000-7000-8000-000000000001',
      '00000000-0000-7000-8000-000000000002',
    ]);
    expect(isUuid(first)).toBe(true);
  });

  it.each([
    '',
    'nonsense',
    '00000000-0000-7000-8000-00000000000',
    '00000000-0000-0000-8000-000000000001',
    '00000000-0000-7000-8000-0000000000011',
    '100000000-0000-7000-8000-000000000001',
  ])('are distinguished from %j', (text) => {
    expect(isUuid(text)).toBe(false);
  });
});

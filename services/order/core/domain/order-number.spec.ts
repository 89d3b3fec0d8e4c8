import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { lateOrderNumber, newOrderNumber, readOrderNumber } from './order-number.ts';

const ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f43';
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the number of an order', () => {
  it('has two groups of four characters, and three if it was given later', () => {
    expect(newOrderNumber(ID)).toBe('J6SW-3T35');
    expect(lateOrderNumber(ID)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  it('of orders placed one after the other has nothing in common', () => {
    const numbers = Array.from({ length: 1_000 }, () => newOrderNumber(systemIds.next()));
    expect(new Set(numbers).size).toBe(1_000);
    expect(new Set(numbers.map((number) => number.slice(0, 2))).size).toBeGreaterThan(500);
  });

  it.each([newOrderNumber(ID), lateOrderNumber(ID), newOrderNumber('01900000-0000-7000-8000-000000000001')])(
    '%s is read in lower case, without hyphens and with O and I, L for 0 and 1',
    (number) => {
      for (const written of [
        number,
        number.toLowerCase(),
        number.replaceAll('-', ' '),
        number.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', ''),
        number.replaceAll('0', 'o').replaceAll('1', 'I'),
      ])
        expect(readOrderNumber(written)).toBe(number);
    },
  );

  it('with a wrong character is none', () => {
    const number = newOrderNumber(ID);
    for (const [index, right] of Array.from(number).entries())
      for (const wrong of right === '-' ? [] : DIGITS.replace(right, ''))
        expect(readOrderNumber(number.slice(0, index) + wrong + number.slice(index + 1))).toBeUndefined();
  });

  it.each(['', 'HPF0', 'J6SW-3T35-1', 'UUUU-UUUU', 'sam@example.com', 'Ada Lovelace', 'ÄÖÜ0-0000'])(
    'is not %j',
    (text) => {
      expect(readOrderNumber(text)).toBeUndefined();
    },
  );
});

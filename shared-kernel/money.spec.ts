import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  add,
  equals,
  exponentOf,
  formatMoney,
  money,
  moneyOf,
  parseMoney,
  share,
  shareWithin,
  sum,
  times,
  toDecimal,
  zero,
} from './money.ts';

/** One currency of each number of decimal places. */
const currencies = fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF');
const amounts = fc.record({ minor: fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), currency: currencies });
/** Small enough to be added up. */
const prices = fc.integer({ min: -1e12, max: 1e12 }).map((minor) => money(minor, 'EUR'));

describe('an amount', () => {
  it('has as many decimal places as its currency', () => {
    expect(['JPY', 'EUR', 'KWD', 'CLF'].map(exponentOf)).toEqual([0, 2, 3, 4]);
  });

  it('is whole minor units', () => {
    expect(() => money(0.5, 'EUR')).toThrow(RangeError);
    expect(() => money(2 ** 53, 'EUR')).toThrow(RangeError);
  });

  it('is never a negative zero, which JSON would lose', () => {
    expect(Object.is(money(-0, 'EUR').minor, 0)).toBe(true);
    expect(Object.is(share(money(-1, 'EUR'), 1).minor, 0)).toBe(true);
  });

  it('is formatted with all its decimal places', () => {
    expect(formatMoney(money(89_990, 'EUR'))).toBe('899.90 EUR');
    expect(formatMoney(money(900, 'JPY'))).toBe('900 JPY');
    expect(formatMoney(money(-1, 'KWD'))).toBe('-0.001 KWD');
  });
});

describe('a decimal on the wire', () => {
  it('is read exactly, despite floating point', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const decimal: unknown = JSON.parse(JSON.stringify(toDecimal(amount)));
        expect(parseMoney(Number(decimal), amount.currency)).toEqual({ ok: true, value: amount });
      }),
    );
  });

  it('is the number with the decimal places of its currency', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const places = exponentOf(amount.currency);
        const digits = String(Math.abs(amount.minor)).padStart(places + 1, '0');
        const whole = digits.slice(0, digits.length - places);
        const written = `${amount.minor < 0 ? '-' : ''}${whole}.${digits.slice(digits.length - places)}`;
        expect(toDecimal(amount)).toBe(Number(written));
      }),
    );
  });

  it.each([
    [8.999, 'EUR'],
    [0.001, 'EUR'],
    [0.5, 'JPY'],
    [1.2345, 'KWD'],
    [10_000_000_000.005, 'EUR'], // off by less than floating point is tolerant
    [Number.NaN, 'EUR'],
    [Number.POSITIVE_INFINITY, 'EUR'],
    [1e15, 'EUR'],
  ])('is refused if it is not an amount of its currency: %p %s', (decimal, currency) => {
    expect(parseMoney(decimal, currency)).toMatchObject({ ok: false, error: { code: 'INVALID_AMOUNT' } });
    expect(() => moneyOf(decimal, currency)).toThrow(RangeError);
  });

  it('is read up to the largest amount', () => {
    const largest = money(2 ** 51, 'JPY');
    expect(parseMoney(2 ** 51, 'JPY')).toEqual({ ok: true, value: largest });
    expect(parseMoney(2 ** 51 + 1, 'JPY')).toMatchObject({ ok: false });
  });

  it('is read without a second check where an earlier one accepted it', () => {
    expect(moneyOf(899.99, 'EUR')).toEqual(money(89_999, 'EUR'));
  });
});

describe('calculating', () => {
  it('adds in any order', () => {
    fc.assert(
      fc.property(prices, prices, (a, b) => {
        expect(add(a, b).minor).toBe(a.minor + b.minor);
        expect(equals(add(a, b), add(b, a))).toBe(true);
      }),
    );
  });

  it('sums in any order, and nothing to zero', () => {
    expect(sum([], 'EUR')).toEqual(zero('EUR'));
    fc.assert(
      fc.property(fc.array(prices), (items) => {
        expect(sum(items, 'EUR')).toEqual(sum(items.toReversed(), 'EUR'));
        expect(sum(items, 'EUR').minor).toBe(items.reduce((total, { minor }) => total + minor, 0));
      }),
    );
  });

  it('multiplies by a quantity', () => {
    expect(times(money(1_999, 'EUR'), 3)).toEqual(money(5_997, 'EUR'));
  });

  it('does not mix currencies', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'JPY'))).toThrow(TypeError);
    expect(() => sum([money(1, 'JPY')], 'EUR')).toThrow(TypeError);
    expect(equals(money(1, 'EUR'), money(1, 'JPY'))).toBe(false);
    expect(equals(money(1, 'EUR'), money(2, 'EUR'))).toBe(false);
  });
});

describe('a share', () => {
  it.each([
    [1_000, 19_000, 190],
    [50, 1_000, 1], // 0.5 goes up
    [49, 1_000, 0],
    [-50, 1_000, -1], // and away from zero
    [-49, 1_000, 0],
    [333, 100_000, 333],
    [100_000, 14_975, 14_975], // Québec
    [0, 19_000, 0],
  ])('of %i at %i thousandths of a percent is %i', (minor, rate, expected) => {
    expect(share(money(minor, 'EUR'), rate)).toEqual(money(expected, 'EUR'));
  });

  it.each([
    [1_500, 19_000, 239], // 15.00 is 12.61 and 2.39
    [3, 20_000, 1], // 0.5 goes up
    [-3, 20_000, -1],
    [11_900, 19_000, 1_900],
    [200, 100_000, 100],
    [1_500, 0, 0],
  ])('within %i at %i thousandths of a percent is %i', (minor, rate, expected) => {
    expect(shareWithin(money(minor, 'EUR'), rate)).toEqual(money(expected, 'EUR'));
  });

  it('is off by half a minor unit at most, and the same on both sides of zero', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 0, max: 100_000 }), (amount, rate) => {
        for (const [part, whole] of [
          [share(amount, rate), 100_000n],
          [shareWithin(amount, rate), 100_000n + BigInt(rate)],
        ] as const) {
          const error = 2n * (BigInt(part.minor) * whole - BigInt(amount.minor) * BigInt(rate));
          expect(error <= whole && error >= -whole).toBe(true);
        }
        const opposite = money(-amount.minor, 'EUR');
        expect(share(opposite, rate)).toEqual(money(-share(amount, rate).minor, 'EUR'));
      }),
    );
  });
});

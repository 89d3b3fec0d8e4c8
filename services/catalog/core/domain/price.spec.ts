import { describe, expect, it } from 'vitest';
import { nextPriceChange, priceAt, pricesAt, type ListPrice } from './price.ts';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const day = (date: number): string => new Date(Date.UTC(2026, 10, date)).toISOString();
const sale = (changes: Partial<ListPrice> = {}): ListPrice => ({
  code: 'SALE',
  priority: 10,
  price: eur(40_00),
  validFrom: day(10),
  validUntil: day(20),
  ...changes,
});

describe('the price of a variant', () => {
  const at = (...prices: readonly ListPrice[]) =>
    priceAt({ price: eur(50_00), listPrices: prices }, new Date(day(15)));

  it('is its own without price lists', () => {
    expect(at()).toEqual({ price: eur(50_00) });
  });

  it('is that of a valid list, beside the regular price', () => {
    expect(at(sale())).toEqual({ price: eur(40_00), regular: eur(50_00) });
  });

  it.each([
    ['has begun this instant', { validFrom: day(15) }, 40_00],
    ['begins later', { validFrom: new Date(Date.parse(day(15)) + 1).toISOString() }, 50_00],
    ['ends this instant', { validUntil: day(15) }, 50_00],
    ['ends later', { validUntil: new Date(Date.parse(day(15)) + 1).toISOString() }, 40_00],
    ['has no limits', { validFrom: undefined, validUntil: undefined }, 40_00],
  ])('respects a list that %s', (_name, changes, minor) => {
    expect(at(sale(changes)).price).toEqual(eur(minor));
  });

  it('is that of the list with the highest priority, also if it is higher', () => {
    expect(at(sale(), sale({ code: 'TOP', priority: 11, price: eur(60_00) }))).toEqual({ price: eur(60_00) });
  });

  it('is the lower one of equal priority', () => {
    expect(at(sale(), sale({ code: 'TOO', price: eur(39_00) })).price).toEqual(eur(39_00));
    expect(at(sale({ priority: 0, price: eur(60_00) })).price).toEqual(eur(50_00));
  });

  it('does not apply lists below its own price’s priority', () => {
    expect(at(sale({ priority: -1 })).price).toEqual(eur(50_00));
  });

  it('is one per currency, its own currency first', () => {
    const prices = [sale({ code: 'US', price: usd(55_00) }), sale()];
    expect(pricesAt({ price: eur(50_00), listPrices: prices }, new Date(day(15)))).toEqual([
      { price: eur(40_00), regular: eur(50_00) },
      { price: usd(55_00) },
    ]);
  });
});

describe('the next change of a price', () => {
  it.each([
    [1, day(10)],
    [10, day(20)],
    [15, day(20)],
    [20, undefined],
  ])('after day %i is at %s', (date, expected) => {
    expect(nextPriceChange({ listPrices: [sale()] }, new Date(day(date)))?.toISOString()).toBe(expected);
  });

  it('is the earliest of all lists', () => {
    const prices = [sale(), sale({ validFrom: undefined, validUntil: day(12) })];
    expect(nextPriceChange({ listPrices: prices }, new Date(day(11)))).toEqual(new Date(day(12)));
  });
});

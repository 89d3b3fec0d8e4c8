import { describe, expect, it } from 'vitest';
import { aVariant } from '../../test/product.mother.ts';
import { editPrice, type PriceEdit } from './price-edit.ts';
import type { PriceList } from './price-list.ts';

const list = (code: string, currency: string): [string, PriceList] => [
  code,
  { id: code, version: 1, edition: 1, code, name: code, currency, priority: 1, createdAt: '', updatedAt: '' },
];
const LISTS = new Map([list('SALE', 'EUR'), list('US', 'USD')]);
const inSale = { code: 'SALE', priority: 1, price: { minor: 15_00, currency: 'EUR' } };

const edit = (price: number, change: PriceEdit, currency = 'EUR') => {
  const variant = aVariant({ sku: 'V-1', price: { minor: price, currency }, listPrices: [inSale] });
  const edited = editPrice(variant, change, LISTS);
  if (!edited.ok) return edited.error;
  return change.priceList === undefined ? edited.value.price.minor : edited.value.prices;
};

describe('an edit of prices', () => {
  it.each<[string, number, PriceEdit, number]>([
    ['sets a price', 19_99, { change: { kind: 'set', price: 25.5 } }, 25_50],
    ['raises by percent', 19_99, { change: { kind: 'percent', by: 10 } }, 21_99],
    ['lowers by a fraction of a percent', 80_00, { change: { kind: 'percent', by: -12.5 } }, 70_00],
    ['rounds half up', 5, { change: { kind: 'percent', by: -10 } }, 5],
    ['adds an amount', 19_99, { change: { kind: 'amount', by: -5 } }, 14_99],
    ['rounds to a step', 19_97, { change: { kind: 'amount', by: 0 }, rounding: { to: 0.05 } }, 19_95],
    ['ends with 99', 19_60, { change: { kind: 'percent', by: 0 }, rounding: { to: 1, less: 0.01 } }, 19_99],
    [
      'rounds to nothing below zero',
      30,
      { change: { kind: 'amount', by: 0 }, rounding: { to: 1, less: 0.01 } },
      0,
    ],
  ])('%s', (_name, price, change, expected) => {
    expect(edit(price, change)).toBe(expected);
  });

  it('derives the prices of a list from the variants’ own', () => {
    const twentyOff: PriceEdit = { priceList: 'SALE', change: { kind: 'percent', by: -20 } };
    expect(edit(50_00, twentyOff)).toEqual({ SALE: 40 });
    expect(edit(50_00, { priceList: 'US', change: { kind: 'set', price: 55 } })).toEqual({
      SALE: 15,
      US: 55,
    });
    expect(edit(50_00, { priceList: 'SALE', change: { kind: 'remove' } })).toEqual({});
  });

  it.each<[string, PriceEdit, string]>([
    ['a negative price', { change: { kind: 'amount', by: -50 } }, 'V-1: the price would be negative.'],
    [
      'more decimals than the currency has',
      { change: { kind: 'set', price: 1.005 } },
      'V-1: 1.005 is not an amount of EUR.',
    ],
    ['no price at all', { change: { kind: 'remove' } }, 'V-1: its own price cannot be removed.'],
    ['an unknown list', { priceList: 'NONE', change: { kind: 'remove' } }, 'There is no price list NONE.'],
    [
      'to derive a price in another currency',
      { priceList: 'US', change: { kind: 'percent', by: 10 } },
      'V-1: a price in USD cannot be derived from one in EUR.',
    ],
    [
      'to round to nothing',
      { change: { kind: 'amount', by: 0 }, rounding: { to: 0 } },
      'V-1: prices in EUR cannot be rounded like that.',
    ],
  ])('refuses %s', (_name, change, reason) => {
    expect(edit(20_00, change)).toBe(reason);
  });
});

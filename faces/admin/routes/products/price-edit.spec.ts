import { describe, expect, it } from 'vitest';
import { priceEditOf, type PriceForm } from './price-edit.ts';

const form = (changes: Partial<PriceForm>): PriceForm => ({
  change: 'percent',
  value: '-10',
  rounding: 'none',
  list: '',
  ...changes,
});

describe('a change of many prices', () => {
  it('is by percent, in the notation of the language', () => {
    expect(priceEditOf(form({ value: '−12,5 %' }), 'de')).toEqual({ change: 'percent', value: -12.5 });
  });

  it('is rounded, and in a price list', () => {
    expect(
      priceEditOf(form({ change: 'set', value: '20', rounding: 'whole99', list: 'SALE' }), 'en'),
    ).toEqual({
      change: 'set',
      value: 20,
      rounding: { to: 1, less: 0.01 },
      price_list: 'SALE',
    });
  });

  it.each([
    ['percent', 'much'],
    ['percent', '-101'],
    ['set', '-1'],
    ['amount', '2000000000'],
  ] as const)('%s %s is none', (change, value) => {
    expect(priceEditOf(form({ change, value }), 'en')).toBeUndefined();
  });
});

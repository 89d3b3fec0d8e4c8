import { describe, expect, it } from '@jest/globals';
import { regionsOf } from '#kernel/regions.ts';
import { makeTaxTable } from './tax-table.ts';

const { rateFor, areGross } = makeTaxTable(new Set(['EUR', 'GB']));

describe('the tax table', () => {
  it.each([
    ['DE', undefined, 19_000],
    ['DE', 'CA', 19_000],
    ['FI', undefined, 25_500],
    ['US', 'CA', 7_250],
    ['US', 'OR', 0],
    ['US', 'MO', 4_225],
    ['CA', 'QC', 14_975],
    ['CA', 'NS', 14_000],
    ['ES', 'M', 21_000],
    ['ES', 'TF', 7_000],
    ['SG', undefined, 0],
  ])('has for %s, %s: %s', (country, region, rate) => {
    expect(rateFor({ country, ...(region === undefined ? {} : { region }) })).toBe(rate);
  });

  it.each(['US', 'CA', 'ES'])('has a rate for every region of %s, and none without a region', (country) => {
    expect(rateFor({ country })).toBeUndefined();
    for (const region of regionsOf(country)) expect([region, rateFor({ country, region })]).toEqual([region, expect.any(Number)]); // prettier-ignore
  });

  it.each(['AQ', 'ZZ', 'constructor', '__proto__'])('has none where there is no rule: %s', (country) => {
    expect(rateFor({ country })).toBeUndefined();
  });

  it('knows where prices are listed with tax', () => {
    expect(areGross('EUR', 'DE')).toBe(true);
    expect(areGross('USD', 'GB')).toBe(true);
    expect(areGross('USD', 'DE')).toBe(false);
  });
});

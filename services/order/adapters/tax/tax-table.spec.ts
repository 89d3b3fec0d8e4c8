import { describe, expect, it } from '@jest/globals';
import { taxTable } from './tax-table.ts';

/**
 * Standard rates in per cent, from the official sources rather than from the table. Where the law changes, both change.
 * EU: European Commission, Taxes in Europe Database, standard VAT rates (EE 24 since July 2025, RO 21 since August 2025,
 * SK 23 since January 2025, FI 25.5 since September 2024).
 */
const COUNTRIES: Readonly<Record<string, number>> = {
  AT: 20, BE: 21, BG: 20, CY: 19, CZ: 21, DE: 19, DK: 25, EE: 24, ES: 21, FI: 25.5, FR: 20, GR: 24, HR: 25, HU: 27,
  IE: 23, IT: 22, LT: 21, LU: 17, LV: 21, MT: 18, NL: 21, PL: 23, PT: 23, RO: 21, SE: 25, SI: 22, SK: 23,
  CH: 8.1, // Federal Tax Administration, since January 2024
  GB: 20, // GOV.UK, VAT rates
  JP: 10, // National Tax Agency, consumption tax with its local part
  NO: 25, // Norwegian Tax Administration
}; // prettier-ignore

const REGIONS: readonly (readonly [string, string, number])[] = [
  // Canada Revenue Agency, GST and HST by province; with the provincial sales taxes of BC (7), MB (7) and QC (9.975)
  ['CA', 'AB', 5],
  ['CA', 'BC', 12],
  ['CA', 'MB', 12],
  ['CA', 'ON', 13],
  ['CA', 'QC', 14.98], // 14.975, in whole basis points
  // Canary Islands: outside the VAT area; IGIC, Agencia Tributaria Canaria
  ['ES', 'CN', 7],
  // Federation of Tax Administrators, state sales tax rates; local ones are not added
  ['US', 'CA', 7.25],
  ['US', 'FL', 6],
  ['US', 'IL', 6.25],
  ['US', 'MA', 6.25],
  ['US', 'NY', 4],
  ['US', 'OR', 0],
  ['US', 'TX', 6.25],
  ['US', 'WA', 6.5],
];

const rateFor = (country: string, region?: string): number => taxTable.rateFor(country, region);

const inBasisPoints = (percent: number): number => Math.round(percent * 100);

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const ALL_CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe('the table of tax rates', () => {
  it.each(Object.entries(COUNTRIES))('has the standard rate of %s: %d %%', (country, percent) => {
    expect(rateFor(country)).toBe(inBasisPoints(percent));
  });

  it.each(REGIONS)('has the rate of %s-%s: %d %%', (country, region, percent) => {
    expect(rateFor(country, region)).toBe(inBasisPoints(percent));
  });

  it('has no rate that is not checked here', () => {
    const taxed = ALL_CODES.filter((country) => rateFor(country) > 0);
    expect(taxed).toEqual(Object.keys(COUNTRIES).toSorted());
    const regional = ALL_CODES.flatMap((country) =>
      ALL_CODES.filter((region) => rateFor(country, region) !== rateFor(country)).map(
        (region) => `${country}-${region}`,
      ),
    );
    const checked = REGIONS.filter(([, , percent]) => percent > 0).map(([country, region]) => `${country}-${region}`); // prettier-ignore
    expect(regional).toEqual(checked.toSorted());
  });
});

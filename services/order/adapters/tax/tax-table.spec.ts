import { describe, expect, it } from 'vitest';
import { regionsOf } from '#kernel/regions.ts';
import { makeTaxTable } from './tax-table.ts';

/**
 * Standard rates in per cent, from the official sources and not from the table. Update both when the law changes.
 * EU: European Commission, Taxes in Europe Database, standard VAT rates (EE 24 since July 2025, RO 21 since August 2025,
 * SK 23 since January 2025, FI 25.5 since September 2024).
 */
const COUNTRIES: Readonly<Record<string, number>> = {
  AT: 20, BE: 21, BG: 20, CY: 19, CZ: 21, DE: 19, DK: 25, EE: 24, FI: 25.5, FR: 20, GR: 24, HR: 25, HU: 27, IE: 23,
  IT: 22, LT: 21, LU: 17, LV: 21, MT: 18, NL: 21, PL: 23, PT: 23, RO: 21, SE: 25, SI: 22, SK: 23,
  CH: 8.1, LI: 8.1, // Federal Tax Administration, since January 2024; includes Liechtenstein
  GB: 20, // GOV.UK, VAT rates
  JP: 10, // National Tax Agency, consumption tax with its local part
  NO: 25, // Norwegian Tax Administration
}; // prettier-ignore

/** Exports, which are free of tax. */
const EXPORTS = ['AU', 'BR', 'HK', 'IN', 'IS', 'KR', 'MX', 'NZ', 'SG', 'TW', 'ZA'];

/** Rates by region; `others` if all other regions of a country share a rate. */
const REGIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Canada Revenue Agency, GST and HST by province (NS 14 since April 2025); with the provincial sales taxes of BC (7),
  // MB (7), QC (9.975) and SK (6)
  CA: {
    AB: 5, BC: 12, MB: 12, NB: 15, NL: 15, NS: 14, NT: 5, NU: 5, ON: 13, PE: 15, QC: 14.975, SK: 11, YT: 5,
  },
  // Agencia Tributaria; the Canary Islands have the IGIC, Ceuta and Melilla are outside the VAT area: exports
  ES: { CN: 7, GC: 7, TF: 7, CE: 0, ML: 0, others: 21 },
  // Federation of Tax Administrators, state sales tax rates; local ones are not added
  US: {
    AK: 0, AL: 4, AR: 6.5, AS: 0, AZ: 5.6, CA: 7.25, CO: 2.9, CT: 6.35, DC: 6, DE: 0, FL: 6, GA: 4, GU: 0, HI: 4, IA: 6,
    ID: 6, IL: 6.25, IN: 7, KS: 6.5, KY: 6, LA: 5, MA: 6.25, MD: 6, ME: 5.5, MI: 6, MN: 6.875, MO: 4.225, MP: 0, MS: 7,
    MT: 0, NC: 4.75, ND: 5, NE: 5.5, NH: 0, NJ: 6.625, NM: 4.875, NV: 6.85, NY: 4, OH: 5.75, OK: 4.5, OR: 0, PA: 6,
    PR: 10.5, RI: 7, SC: 6, SD: 4.2, TN: 7, TX: 6.25, UM: 0, UT: 4.85, VA: 5.3, VI: 0, VT: 6, WA: 6.5, WI: 5, WV: 6,
    WY: 4,
  },
}; // prettier-ignore

const { rateFor, areGross } = makeTaxTable(new Set(['EUR', 'GB']));

const thousandths = (percent: number): number => Math.round(percent * 1_000);

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const ALL_CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe('the table of tax rates', () => {
  it.each(Object.entries(COUNTRIES))('has the standard rate of %s: %d %%', (country, percent) => {
    expect(rateFor({ country })).toBe(thousandths(percent));
    expect(rateFor({ country, region: 'Anywhere' })).toBe(thousandths(percent));
  });

  it.each(Object.entries(REGIONS))(
    'has the rate of each region of %s, and none without a region',
    (country, listed) => {
      expect(rateFor({ country })).toBeUndefined();
      for (const region of regionsOf(country)) {
        const percent = listed[region] ?? listed['others'];
        expect([region, rateFor({ country, region })]).toEqual([region, percent === undefined ? 'listed' : thousandths(percent)]); // prettier-ignore
      }
    },
  );

  it('has no tax on exports, and no rate at all for any other country', () => {
    for (const country of EXPORTS) expect([country, rateFor({ country })]).toEqual([country, 0]);
    const known = ALL_CODES.filter((country) => rateFor({ country }) !== undefined);
    expect(known).toEqual([...Object.keys(COUNTRIES), ...EXPORTS].toSorted());
  });

  it.each(['AQ', 'ZZ', 'constructor', '__proto__'])('has no rate for %s', (name) => {
    expect(rateFor({ country: name })).toBeUndefined();
    expect(rateFor({ country: 'US', region: name })).toBeUndefined();
  });

  it('knows where prices include tax', () => {
    expect(areGross('EUR', 'DE')).toBe(true);
    expect(areGross('USD', 'GB')).toBe(true);
    expect(areGross('USD', 'DE')).toBe(false);
  });
});

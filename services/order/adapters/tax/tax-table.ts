import { regionsOf } from '#kernel/regions.ts';
import type { TaxRules } from '../../core/ports/upstreams.ts';

// Maps, not objects: an object has a `constructor` property.
type Rates = ReadonlyMap<string, number>;
const rates = (table: Readonly<Record<string, number>>): Rates => new Map(Object.entries(table));

/**
 * Standard rates in thousandths of a percent, for countries with a single rate. European rates are from the national VAT
 * laws (2025).
 */
const BY_COUNTRY = rates({
  AT: 20_000, BE: 21_000, BG: 20_000, CH: 8_100, CY: 19_000, CZ: 21_000, DE: 19_000, DK: 25_000, EE: 24_000, FI: 25_500,
  FR: 20_000, GB: 20_000, GR: 24_000, HR: 25_000, HU: 27_000, IE: 23_000, IT: 22_000, JP: 10_000, LI: 8_100, LT: 21_000,
  LU: 17_000, LV: 21_000, MT: 18_000, NL: 21_000, NO: 25_000, PL: 23_000, PT: 23_000, RO: 21_000, SE: 25_000, SI: 22_000,
  SK: 23_000,
}); // prettier-ignore

/** Exports out of the EU are free of tax here; the customer pays import tax. An explicit rule, not a default. */
const EXPORTS = rates(
  Object.fromEntries('AU BR HK IN IS KR MX NZ SG TW ZA'.split(' ').map((country) => [country, 0])),
);

/** The mainland's rate; the Canary Islands have their own tax, and shipments to Ceuta and Melilla are exports. */
const SPAIN = rates({
  ...Object.fromEntries(regionsOf('ES').map((region) => [region, 21_000])),
  ...{ CN: 7_000, GC: 7_000, TF: 7_000, CE: 0, ML: 0 },
});

/**
 * By ISO 3166-2 region, for countries whose regions differ. Every region in `regions.ts` has a rate, even if it is 0; a test
 * compares the lists. United States: state tax, without counties and cities. Canada: GST or HST with the
 * provincial tax.
 */
const BY_REGION: ReadonlyMap<string, Rates> = new Map([
  ['CA', rates({
    AB: 5_000, BC: 12_000, MB: 12_000, NB: 15_000, NL: 15_000, NS: 14_000, NT: 5_000, NU: 5_000, ON: 13_000, PE: 15_000,
    QC: 14_975, SK: 11_000, YT: 5_000,
  })],
  ['ES', SPAIN],
  ['US', rates({
    AK: 0, AL: 4_000, AR: 6_500, AS: 0, AZ: 5_600, CA: 7_250, CO: 2_900, CT: 6_350, DC: 6_000, DE: 0, FL: 6_000, GA: 4_000,
    GU: 0, HI: 4_000, IA: 6_000, ID: 6_000, IL: 6_250, IN: 7_000, KS: 6_500, KY: 6_000, LA: 5_000, MA: 6_250, MD: 6_000,
    ME: 5_500, MI: 6_000, MN: 6_875, MO: 4_225, MP: 0, MS: 7_000, MT: 0, NC: 4_750, ND: 5_000, NE: 5_500, NH: 0, NJ: 6_625,
    NM: 4_875, NV: 6_850, NY: 4_000, OH: 5_750, OK: 4_500, OR: 0, PA: 6_000, PR: 10_500, RI: 7_000, SC: 6_000, SD: 4_200,
    TN: 7_000, TX: 6_250, UM: 0, UT: 4_850, VA: 5_300, VI: 0, VT: 6_000, WA: 6_500, WI: 5_000, WV: 6_000, WY: 4_000,
  })],
]); // prettier-ignore

/**
 * @param gross where prices include tax: currencies (`EUR`: everything sold in it) and countries (`GB`: everything shipped
 * there)
 */
export const makeTaxTable = (gross: ReadonlySet<string> = new Set()): TaxRules => ({
  rateFor: ({ country, region = '' }) => {
    const regions = BY_REGION.get(country);
    return regions ? regions.get(region) : (BY_COUNTRY.get(country) ?? EXPORTS.get(country));
  },
  areGross: (currency, country) => gross.has(currency) || gross.has(country),
});

import type { TaxRates } from '../../core/ports/neighbours.ts';

// Maps, since regions are whatever shoppers write: an object also knows a `constructor`.
type Rates = ReadonlyMap<string, number>;
const rates = (table: Readonly<Record<string, number>>): Rates => new Map(Object.entries(table));

/** Standard rates in basis points, by country; where regions differ, by region. A table to begin with. */
const BY_COUNTRY = rates({
  AT: 2000, BE: 2100, BG: 2000, CH: 810, CY: 1900, CZ: 2100, DE: 1900, DK: 2500, EE: 2400, ES: 2100, FI: 2550,
  FR: 2000, GB: 2000, GR: 2400, HR: 2500, HU: 2700, IE: 2300, IT: 2200, JP: 1000, LT: 2100, LU: 1700, LV: 2100,
  MT: 1800, NL: 2100, NO: 2500, PL: 2300, PT: 2300, RO: 2100, SE: 2500, SI: 2200, SK: 2300,
}); // prettier-ignore

const BY_REGION: ReadonlyMap<string, Rates> = new Map([
  ['CA', rates({ AB: 500, BC: 1200, MB: 1200, ON: 1300, QC: 1498 })],
  ['ES', rates({ CN: 700 })],
  ['US', rates({ CA: 725, FL: 600, IL: 625, MA: 625, NY: 400, OR: 0, TX: 625, WA: 650 })],
]);

export const taxTable: TaxRates = {
  rateFor: (country, region = '') => BY_REGION.get(country)?.get(region) ?? BY_COUNTRY.get(country) ?? 0,
};

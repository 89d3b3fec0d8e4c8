import type { Currency } from '#kernel/currencies.ts';
import { exponentOf, money, type Money } from '#kernel/money.ts';

/** Exchange rates to the euro, in ten-thousandths; fixed, so that prices are stable. */
const PER_EURO: Readonly<Record<Currency, number>> = {
  EUR: 10_000, AUD: 16_500, BRL: 58_000, CAD: 14_900, CHF: 9_600, CZK: 252_000, DKK: 74_600, GBP: 8_600,
  HKD: 85_000, HUF: 3_900_000, INR: 910_000, JPY: 1_650_000, KRW: 14_700_000, MXN: 200_000, NOK: 116_000,
  NZD: 18_000, PLN: 43_000, RON: 49_800, SEK: 114_000, SGD: 14_600, USD: 10_900, ZAR: 203_000,
}; // prettier-ignore

const rates: ReadonlyMap<string, number> = new Map(Object.entries(PER_EURO));

/** Undefined for a currency that the carriers do not accept. */
export const fromEuroCents = (cents: number, currency: string): Money | undefined => {
  const rate = rates.get(currency);
  if (rate === undefined) return undefined;
  return money(Math.round((cents * rate * 10 ** exponentOf(currency)) / (100 * 10_000)), currency);
};

/** The currencies (ISO 4217) that the shop can sell in, because carriers charge in them. The only such list. */
export const CURRENCIES = [
  'AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'INR', 'JPY', 'KRW', 'MXN', 'NOK', 'NZD',
  'PLN', 'RON', 'SEK', 'SGD', 'USD', 'ZAR',
] as const; // prettier-ignore

export type Currency = (typeof CURRENCIES)[number];

/**
 * The highest price of a unit, in minor units: 10,000,000.00 EUR, 1,000,000,000 JPY. A full cart at this price, with tax, is
 * still a valid amount: `test/contracts/prices.spec.ts`.
 */
export const HIGHEST_PRICE = 1_000_000_000;

/** What the shop can sell in (ISO 4217): carriers charge in it, so that an order can be sent. The only list of its kind. */
export const CURRENCIES = [
  'AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'INR', 'JPY', 'KRW', 'MXN', 'NOK', 'NZD',
  'PLN', 'RON', 'SEK', 'SGD', 'USD', 'ZAR',
] as const; // prettier-ignore

export type Currency = (typeof CURRENCIES)[number];

/**
 * The most that one unit may cost, in minor units: 10,000,000.00 EUR, 1,000,000,000 JPY. A cart full of it, with tax, is
 * still an amount: `test/contracts/prices.spec.ts`.
 */
export const HIGHEST_PRICE = 1_000_000_000;

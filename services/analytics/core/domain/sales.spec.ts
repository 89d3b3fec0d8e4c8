import { expect, it } from 'vitest';
import { basketOf, netMinor, NO_SALES, salesByCurrency } from './sales.ts';

const sold = (bucket: number, currency: string, orders: number) => ({
  ...NO_SALES,
  bucket,
  currency,
  orders,
});

it('sales are listed by currency, that of most orders first, and alphabetically if equal', () => {
  const rows = [sold(0, 'USD', 1), sold(0, 'EUR', 1), sold(1, 'JPY', 2), sold(1, 'EUR', 0)];
  expect(
    salesByCurrency(2, rows).map(({ currency, buckets }) => [currency, ...buckets.map((one) => one.orders)]),
  ).toEqual([
    ['JPY', 0, 2],
    ['EUR', 1, 0],
    ['USD', 1, 0],
  ]);
});

it('net sales are negative where more was refunded than sold', () => {
  expect(netMinor({ ...NO_SALES, grossMinor: 100, refundedMinor: 250 })).toBe(-150);
});

it('an order contains on average what the sums say, and nothing where there is none', () => {
  const sums = { ...NO_SALES, orders: 2, units: 5, lines: 3, grossMinor: 1_001 };
  expect(basketOf(sums)).toEqual({ valueMinor: 501, units: 2.5, lines: 1.5 });
  expect(basketOf(NO_SALES)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseMoney, toDecimal, zero } from '#kernel/money.ts';
import { totalsOf } from './totals.ts';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const NET = { rate: 19_000, isIncluded: false };
const GROSS = { rate: 19_000, isIncluded: true };

describe('totals', () => {
  it('round tax per line, half up, and sum everything', () => {
    const items = [
      { price: eur(99), quantity: 1 }, // 19 % of 0.99 is 0.1881
      { price: eur(250), quantity: 3 }, // 19 % of 7.50 is 1.425
    ];
    expect(totalsOf(items, eur(500), NET)).toEqual({
      subtotal: eur(849),
      lineTaxes: [eur(19), eur(143)],
      shippingTax: eur(95),
      tax: eur(257),
      total: eur(1_606),
    });
  });

  it('equal the listed prices where prices include tax: 15.00 stays 15.00', () => {
    expect(totalsOf([{ price: eur(1_500), quantity: 1 }], eur(0), GROSS)).toEqual({
      subtotal: eur(1_500),
      lineTaxes: [eur(239)],
      shippingTax: eur(0),
      tax: eur(239),
      total: eur(1_500),
    });
  });

  it.each(['JPY', 'EUR', 'KWD'])(
    'of a cart full of the most expensive product are exact in %s',
    (currency) => {
      const dearest = { price: { minor: 1e9, currency }, quantity: 99 };
      const { total } = totalsOf(
        Array.from({ length: 100 }, () => dearest),
        zero(currency),
        {
          rate: 30_000,
          isIncluded: false,
        },
      );
      expect(parseMoney(toDecimal(total), currency)).toEqual({ ok: true, value: total });
      expect(toDecimal(total)).toBeLessThan(20_000_000_000_000); // the largest amount in the API
    },
  );

  const item = fc.record({
    price: fc.integer({ min: 0, max: 1_000_000 }),
    quantity: fc.integer({ min: 1, max: 99 }),
  });
  const anything = [fc.array(item), fc.nat(10_000), fc.nat(30_000)] as const;

  it('are the sum of their parts, whatever is bought', () => {
    fc.assert(
      fc.property(...anything, fc.boolean(), (items, shipping, rate, isIncluded) => {
        const priced = items.map(({ price, quantity }) => ({ price: eur(price), quantity }));
        const totals = totalsOf(priced, eur(shipping), { rate, isIncluded });
        const taxes = totals.lineTaxes.reduce((sum, { minor }) => sum + minor, totals.shippingTax.minor);
        expect(totals.tax.minor).toBe(taxes);
        expect(totals.total.minor).toBe(totals.subtotal.minor + shipping + (isIncluded ? 0 : taxes));
      }),
    );
  });

  it('differ by at most a cent per line when tax is removed and added again', () => {
    fc.assert(
      fc.property(...anything, (items, shipping, rate) => {
        const priced = items.map(({ price, quantity }) => ({ price: eur(price), quantity }));
        const gross = totalsOf(priced, eur(shipping), { rate, isIncluded: true });
        const nets = priced.map(({ price, quantity }, index) => ({
          price: eur(price.minor * quantity - (gross.lineTaxes[index]?.minor ?? 0)),
          quantity: 1,
        }));
        const net = totalsOf(nets, eur(shipping - gross.shippingTax.minor), { rate, isIncluded: false });
        expect(Math.abs(net.total.minor - gross.total.minor)).toBeLessThanOrEqual(items.length + 1);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsOf } from './totals.ts';

const eur = (minor: number) => ({ minor, currency: 'EUR' });

describe('totals', () => {
  it('round tax per line, half up, and add everything', () => {
    const items = [
      { price: eur(99), quantity: 1 }, // 19 % of 0.99 is 0.1881
      { price: eur(250), quantity: 3 }, // 19 % of 7.50 is 1.425
    ];
    expect(totalsOf(items, eur(500), 1_900)).toEqual({
      subtotal: eur(849),
      lineTaxes: [eur(19), eur(143)],
      shippingTax: eur(95),
      tax: eur(257),
      total: eur(1_606),
    });
  });

  it('are the sum of their parts, whatever is bought', () => {
    const item = fc.record({
      price: fc.integer({ min: 1, max: 1_000_000 }),
      quantity: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(item), fc.nat(10_000), fc.nat(3_000), (items, shipping, rate) => {
        const priced = items.map(({ price, quantity }) => ({ price: eur(price), quantity }));
        const { subtotal, lineTaxes, shippingTax, tax, total } = totalsOf(priced, eur(shipping), rate);
        const taxes = lineTaxes.reduce((sum, { minor }) => sum + minor, shippingTax.minor);
        expect(tax.minor).toBe(taxes);
        expect(total.minor).toBe(subtotal.minor + shipping + taxes);
      }),
    );
  });
});

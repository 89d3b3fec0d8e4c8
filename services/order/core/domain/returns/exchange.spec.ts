import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLine, NOW, orderOf, placed } from '#order/test/order.mother.ts';
import { RUNS } from '#test/kit/runs.ts';
import type { Order } from '../order.ts';
import { exchangeOf } from './exchange.ts';
import type { Goods, Return } from './return.ts';

const KETTLE = aLine();
const MUG = aLine({ sku: 'MUG-1', priceMinor: 700, quantity: 1, totalMinor: 700, taxMinor: 133 });
const ORDER = orderOf([
  placed({ lines: [KETTLE, MUG], subtotalMinor: 2_700, taxMinor: 608, totalMinor: 3_808 }),
]);

const returnOf = (...units: readonly [string, number][]): Return => ({
  returnId: 'r',
  orderId: ORDER.orderId,
  number: 'R1',
  state: 'inspected',
  currency: 'EUR',
  words: {},
  history: [],
  lines: units.map(([variantId, quantity]) => ({ ...KETTLE, variantId, quantity, reason: 'wrong_size' })),
});
const goods = (of: Pick<Goods, 'productId'>, priceMinor: number, variantId = 'other'): Goods => ({
  productId: of.productId,
  variantId,
  sku: 'OTHER',
  name: 'Other',
  priceMinor,
});

const TERMS = { isWaived: false, orderId: '01900000-0000-7000-8000-0000000000aa', now: NOW };
const planOf = (
  one: Return,
  instead: readonly [string, Goods][],
  { isWaived = false, order = ORDER }: { readonly isWaived?: boolean; readonly order?: Order } = {},
) => exchangeOf(order, one, { ...TERMS, isWaived, instead: new Map(instead) });

describe('an exchange', () => {
  it('charges per unit what other goods cost more, with the tax rate of the line', () => {
    const plan = planOf(returnOf([KETTLE.variantId, 2]), [[KETTLE.variantId, goods(KETTLE, 1_250)]]);
    expect(plan).toMatchObject({
      value: {
        placed: {
          lines: [{ sku: 'OTHER', quantity: 2, priceMinor: 250, totalMinor: 500, taxMinor: 95 }],
          shipping: { priceMinor: 0, taxMinor: 0 },
          subtotalMinor: 500,
          taxMinor: 95,
          totalMinor: 595,
        },
        differences: { refunds: [], waivedMinor: 0 },
      },
    });
  });

  it('does not set a dearer line off against a cheaper one', () => {
    const both = returnOf([KETTLE.variantId, 1], [MUG.variantId, 1]);
    const plan = planOf(both, [
      [KETTLE.variantId, goods(KETTLE, 1_100)],
      [MUG.variantId, goods(MUG, 500, 'cheap')],
    ]);
    expect(plan).toMatchObject({
      value: {
        placed: { totalMinor: 119 },
        differences: { refunds: [{ variantId: MUG.variantId, quantity: 0, amountMinor: 238 }] },
      },
    });
  });

  it('charges prices that include tax as they are', () => {
    const order: Order = { ...ORDER, pricesIncludeTax: true };
    const dearer = [[KETTLE.variantId, goods(KETTLE, 1_250)]] as const;
    expect(planOf(returnOf([KETTLE.variantId, 1]), [[...dearer[0]]], { order })).toMatchObject({
      value: { placed: { pricesIncludeTax: true, subtotalMinor: 250, totalMinor: 250, taxMinor: 48 } },
    });
  });

  it('is refused where goods that were sent in exchange would have a price, unless that is waived', () => {
    const order: Order = { ...ORDER, exchangeFor: { orderId: 'o', returnId: 'q' } };
    const one = returnOf([KETTLE.variantId, 1]);
    const other = [[KETTLE.variantId, goods(KETTLE, 1_250)]] as [string, Goods][];
    expect(planOf(one, other, { order })).toMatchObject({ error: { code: 'NOT_EXCHANGEABLE' } });
    expect(planOf(one, other, { order, isWaived: true })).toMatchObject({
      value: { placed: { totalMinor: 0 }, differences: { refunds: [], waivedMinor: 0 } },
    });
  });

  it('is refused where one line would replace goods of different prices', () => {
    const both = returnOf([KETTLE.variantId, 1], [MUG.variantId, 1]);
    const order: Order = { ...ORDER, lines: [KETTLE, { ...MUG, productId: KETTLE.productId }] };
    const same = goods(KETTLE, 1_250);
    const instead: [string, Goods][] = [
      [KETTLE.variantId, same],
      [MUG.variantId, same],
    ];
    expect(planOf(both, instead, { order })).toMatchObject({ error: { code: 'NOT_EXCHANGEABLE' } });
    expect(planOf(both, instead, { order, isWaived: true })).toMatchObject({
      value: { placed: { lines: [{ quantity: 2, totalMinor: 0 }] } },
    });
  });

  it('charges, waives or gives back exactly the difference, whatever the prices', () => {
    const price = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 2 }), fc.boolean(), (minor, quantity, isWaived) => {
        const one = returnOf([KETTLE.variantId, quantity]);
        const plan = planOf(one, [[KETTLE.variantId, goods(KETTLE, minor)]], { isWaived });
        if (!plan.ok) throw new Error(plan.error.detail);
        const { placed: exchange, differences } = plan.value;
        const net = (minor - KETTLE.priceMinor) * quantity;
        const gross = Math.sign(net) * (Math.abs(net) + Math.round(Math.abs(net) * 0.19));
        const given = differences.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(exchange.totalMinor + differences.waivedMinor - given).toBe(gross);
        expect([exchange.totalMinor, differences.waivedMinor, given].filter((sum) => sum !== 0).length).toBe(
          gross === 0 ? 0 : 1,
        );
        for (const line of exchange.lines) expect(line.totalMinor).toBe(line.priceMinor * line.quantity);
      }),
      { numRuns: RUNS },
    );
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  aLine,
  AUTHORIZED,
  CAPTURED,
  DISPATCHED,
  historyOf,
  NOW,
  orderOf,
  outcome,
  placed,
  refund,
  refunded,
  refundFailed,
  refundLines,
  RESERVED,
  resolve,
} from '#order/test/order.mother.ts';
import { RUNS } from '#test/kit/runs.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import { apportion, partsOf, refundableUnits, refundedProducts, refundedUnits } from './line-refunds.ts';
import type { Line, Order } from './order.ts';
import { refundableMinor } from './refunds.ts';

const SHIPPED = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED] as const;
const after = (
  lines: readonly Line[],
  shippingMinor: number,
  ...commands: readonly OrderCommand[]
): Order => {
  const shipping = { optionId: 'o', carrier: 'DHL', service: 'S', priceMinor: shippingMinor, taxMinor: 3 };
  const totalMinor =
    lines.reduce((sum, line) => sum + line.totalMinor + line.taxMinor, 0) + shippingMinor + 3;
  return orderOf(historyOf(placed({ lines, shipping, totalMinor }), ...SHIPPED, ...commands));
};

/** Three units for 1.00 in all. */
const THREE = aLine({ variantId: 'three', productId: 'p1', quantity: 3, totalMinor: 84, taxMinor: 16 });
const OTHER = aLine({ variantId: 'other', productId: 'p2', quantity: 1, totalMinor: 50, taxMinor: 10 });
const amountOf = (order: Order, key: string): number | undefined =>
  order.refunds.find(({ refundKey }) => refundKey === key)?.amountMinor;
const one = (variantId = 'three', quantity = 1) => ({ variantId, quantity });

describe('a refund by lines', () => {
  it('refunds units at what was paid for them, tax included; the odd cent comes first', () => {
    const order = after([THREE, OTHER], 497, refundLines('a', [one()]), refundLines('b', [one()]));
    expect([amountOf(order, 'a'), amountOf(order, 'b')]).toEqual([34, 33]);
    expect(partsOf(order, { lines: [one(), one('other')], shipping: true })).toEqual({
      ok: true,
      value: {
        lines: [
          { ...one(), amountMinor: 33 },
          { ...one('other'), amountMinor: 60 },
        ],
        shippingMinor: 500,
      },
    });
  });

  it('counts a variant that is named twice twice, and refuses units that are not left, or not in the order', () => {
    const order = after([THREE], 0, refundLines('a', [one(), one()]));
    expect(amountOf(order, 'a')).toBe(67);
    const [line] = order.lines;
    expect(line && refundableUnits(order, line)).toBe(1);
    expect(decide(refundLines('b', [one('three', 2)]), order, NOW)).toMatchObject({
      error: { code: 'LINE_NOT_REFUNDABLE', more: { variant: 'three', left: 1 } },
    });
    expect(outcome(order, refundLines('b', [one('unknown')]))).toBe('LINE_NOT_REFUNDABLE');
    expect(outcome(order, refundLines('b', []))).toBe('NOT_REFUNDABLE');
    expect(outcome(order, refundLines('a', [one()]))).toEqual([]);
  });

  it('adds no tax to prices that include it', () => {
    const shipping = { optionId: 'o', carrier: 'DHL', service: 'S', priceMinor: 50, taxMinor: 40 };
    const gross = placed({ lines: [THREE], shipping, pricesIncludeTax: true, totalMinor: 134 });
    const order = orderOf(historyOf(gross, ...SHIPPED, refundLines('a', [one('three', 3)])));
    expect(amountOf(order, 'a')).toBe(84);
  });

  it('refunds shipping once', () => {
    const order = after([THREE], 497, refundLines('a', [], true));
    expect(amountOf(order, 'a')).toBe(500);
    expect(outcome(order, refundLines('b', [], true))).toBe('NOT_REFUNDABLE');
  });

  it('gives the rest after refunds of amounts', () => {
    const order = after([THREE, OTHER], 497, refund(600), refundLines('b', [one('other')]));
    expect(amountOf(order, 'b')).toBe(60);
    expect(amountOf(after([THREE], 497, refund(590), refundLines('b', [one()])), 'b')).toBe(10);
  });

  it('frees its units when it fails, and can be tried again for the same lines', () => {
    const failed = after([THREE], 497, refundLines('a', [one('three', 3)]), refundFailed(100, 'a'));
    const [line] = failed.lines;
    expect(line && refundableUnits(failed, line)).toBe(3);
    const decision = decide(resolve('refund'), failed, NOW);
    expect(decision).toMatchObject({
      value: [
        {},
        { refund: { amountMinor: 100, parts: { lines: [{ ...one('three', 3), amountMinor: 100 }] } } },
      ],
    });
    const meanwhile = after(
      [THREE],
      497,
      refundLines('a', [one('three', 3)]),
      refundFailed(100, 'a'),
      refundLines('b', [one()]),
    );
    const again = decide(resolve('refund'), meanwhile, NOW);
    expect(again).toMatchObject({ value: [{}, { refund: { amountMinor: 100 } }] });
    expect(again).not.toHaveProperty('value.1.refund.parts');
  });

  it('shows what is refunded when payment has done it', () => {
    const asked = [refundLines('a', [one('three', 3)])];
    const pending = after([THREE, OTHER], 0, ...asked);
    expect(pending.lines.map((line) => refundedUnits(pending, line))).toEqual([0, 0]);
    const done = after([THREE, OTHER], 0, ...asked, refunded(100, 'a'));
    expect(done.lines.map((line) => refundedUnits(done, line))).toEqual([3, 0]);
    expect(refundedProducts(done)).toEqual(['p1']);
    const all = after([THREE, OTHER], 0, refund(163), refunded(163));
    expect(all).toMatchObject({ status: 'refunded' });
    expect(all.lines.map((line) => refundedUnits(all, line))).toEqual([3, 1]);
  });

  it('does not refund a product of which another variant is kept', () => {
    const sibling = { ...OTHER, productId: 'p1' };
    const order = after([THREE, sibling], 0, refundLines('a', [one('three', 3)]), refunded(100, 'a'));
    expect(refundedProducts(order)).toEqual([]);
  });

  it('does not end an order whose parcel is about to be sent', () => {
    const order = orderOf(historyOf(placed({ lines: [THREE] }), RESERVED, AUTHORIZED, CAPTURED));
    expect(outcome(order, refundLines('a', [one('three', 3)], true))).toBe('NOT_REFUNDABLE');
  });

  it('gives in any split, with refunds that fail and amounts in between, the total exactly and never more', () => {
    const money = fc.integer({ min: 0, max: 5_000 });
    const lines = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 7 }), totalMinor: money, taxMinor: money }),
      { minLength: 1, maxLength: 4 },
    );
    const step = fc.record({
      line: fc.nat({ max: 3 }),
      quantity: fc.integer({ min: 1, max: 7 }),
      shipping: fc.boolean(),
      end: fc.constantFrom('done', 'failed', 'pending', 'amount'),
      amountMinor: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(lines, money, fc.array(step, { maxLength: 12 }), (some, shippingMinor, steps) => {
        const all = some.map((line, index) => aLine({ ...line, variantId: `v${index}` }));
        const commands: OrderCommand[] = [];
        let order = after(all, shippingMinor);
        const run = (command: OrderCommand): boolean => {
          if (!decide(command, order, NOW).ok) return false;
          commands.push(command);
          order = after(all, shippingMinor, ...commands);
          return true;
        };
        for (const [index, { line, quantity, shipping, end, amountMinor }] of steps.entries()) {
          const key = `r${index}`;
          if (end === 'amount') run(refund(amountMinor, key));
          else if (run(refundLines(key, [one(`v${line}`, quantity)], shipping))) {
            const refundedMinor = amountOf(order, key) ?? 0;
            if (end === 'done') run(refunded(refundedMinor, key));
            if (end === 'failed') run(refundFailed(refundedMinor, key));
          }
          expect(refundableMinor(order)).toBeGreaterThanOrEqual(0);
        }
        const rest = order.lines.map((line) => one(line.variantId, refundableUnits(order, line)));
        const left = refundableMinor(order);
        if (left === 0) return;
        expect(
          run(
            refundLines(
              'rest',
              rest.filter(({ quantity }) => quantity > 0),
              true,
            ),
          ),
        ).toBe(true);
        const sum = order.refunds
          .filter(({ status }) => status !== 'failed')
          .reduce((total, { amountMinor }) => total + amountMinor, 0);
        expect(sum).toBe(order.totalMinor);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('an amount split in proportion', () => {
  it('adds up, and no part is a minor unit or more from its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 2 ** 51 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 51 }), weights, (minor, all) => {
        const whole = all.reduce((sum, weight) => sum + BigInt(weight), 0n);
        const parts = apportion(minor, all);
        if (whole === 0n) return;
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(minor));
        for (const [index, part] of parts.entries()) {
          const off = BigInt(part) * whole - BigInt(minor) * BigInt(all[index] ?? 0);
          expect(off > -whole && off < whole).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives what rounding leaves to the largest remainders, and of equals to the first', () => {
    expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(apportion(10, [15, 25, 60])).toEqual([2, 2, 6]);
    expect(apportion(10, [14, 26, 60])).toEqual([1, 3, 6]);
    expect(apportion(5, [0, 0])).toEqual([0, 0]);
  });
});

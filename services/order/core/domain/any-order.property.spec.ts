import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RUNS } from '#test/kit/runs.ts';
import { happen, someCommands } from '#order/test/any-order.ts';
import { refundableMinor, type LineUnits } from './refunds.ts';
import { isFinal } from './order-state.ts';

describe('an order, whatever happens in whatever order', () => {
  it('is confirmed only with stock and money, ships only when confirmed, and never refunds more than it captured', () => {
    fc.assert(
      fc.property(someCommands, (some) => {
        const { history, order } = happen(some);
        const types = history.map(({ type }) => type);
        const before = (type: string, other: string): boolean =>
          !types.includes(type as never) ||
          (types.includes(other as never) && types.indexOf(other as never) < types.indexOf(type as never));
        expect(before('confirmed', 'stock-reserved')).toBe(true);
        expect(before('confirmed', 'payment-authorized')).toBe(true);
        expect(before('shipped', 'confirmed')).toBe(true);
        expect(before('delivered', 'shipped')).toBe(true);
        expect(types.filter((type) => type === 'cancelled').length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => type === 'payment-captured').length).toBeLessThanOrEqual(1);
        expect(refundableMinor(order)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('stays cancelled once cancelled, and never ships', () => {
    fc.assert(
      fc.property(someCommands, (some) => {
        const { history, order } = happen(some);
        const end = history.findIndex(({ type }) => type === 'cancelled');
        if (end < 0) return;
        const after = history.slice(end + 1).map(({ type }) => type);
        for (const type of ['confirmed', 'shipped', 'delivered'] as const) expect(after).not.toContain(type);
        expect(order.status).toBe('cancelled');
        expect(isFinal(order)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('never has more units returned and refunded than were bought', () => {
    fc.assert(
      fc.property(someCommands, (some) => {
        const { order } = happen(some);
        for (const { variantId, quantity } of order.lines) {
          const sum = (lists: readonly (readonly LineUnits[] | undefined)[]): number =>
            lists
              .flatMap((lines) => (lines ?? []).filter((one) => one.variantId === variantId))
              .reduce((units, one) => units + one.quantity, 0);
          const counted = order.refunds.filter(({ status }) => status !== 'failed' && status !== 'dropped');
          const ownRefunds = (returnId?: string) =>
            sum(counted.filter((one) => one.returnId === returnId).map(({ parts }) => parts?.lines));
          expect(sum(order.returns.map(({ lines }) => lines)) + ownRefunds()).toBeLessThanOrEqual(quantity);
          for (const { returnId, lines } of order.returns)
            expect(ownRefunds(returnId)).toBeLessThanOrEqual(Math.max(sum([lines]), 0));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('has one timeline entry per event', () => {
    fc.assert(
      fc.property(someCommands, (some) => {
        const { history, order } = happen(some);
        expect(order.timeline).toHaveLength(history.length);
      }),
      { numRuns: RUNS },
    );
  });
});

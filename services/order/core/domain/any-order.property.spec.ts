import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RUNS } from '#test/kit/runs.ts';
import { fold } from '#kernel/process.ts';
import {
  aLine,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISPATCHED,
  moved,
  NOW,
  placed,
  refund,
  refunded,
  refundFailed,
  refundLines,
  RESERVED,
  RESHIP,
  resolve,
} from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { OrderEvent } from './events.ts';
import type { Order } from './order.ts';
import { refundableMinor } from './refunds.ts';
import { isFinal } from './order-state.ts';

const LINE = aLine();

describe('an order, whatever happens in whatever order', () => {
  const commands = fc.constantFrom<OrderCommand>(
    RESERVED,
    AUTHORIZED,
    CAPTURED,
    DISPATCHED,
    CANCEL,
    RESHIP,
    moved('in_transit'),
    moved('delivered'),
    moved('lost'),
    moved('returned'),
    { type: 'stock-reserved', attempt: 2 },
    { type: 'out-of-stock', attempt: 1 },
    { type: 'payment-failed', reason: 'declined' },
    { type: 'parcel-cancelled', attempt: 1 },
    { type: 'time-is-up', waitedIn: 'pending', attempt: 1 },
    { type: 'time-is-up', waitedIn: 'confirmed', attempt: 1 },
    refund(2_000, 'a'),
    refund(2_000, 'b'),
    refundLines('c', [{ variantId: LINE.variantId, quantity: 1 }], true),
    refunded(2_000, 'a'),
    refunded(1_785, 'c'),
    refundFailed(1_785, 'c'),
    refundFailed(2_000, 'a'),
    resolve('refund', 'case-1', true),
    resolve('dismiss', 'case-1'),
    resolve('refund', 'case-2'),
  );

  const happen = (some: readonly OrderCommand[]): { history: OrderEvent[]; order: Order } => {
    const history = [placed({ lines: [LINE] })];
    let order = evolve(undefined, placed({ lines: [LINE] }));
    for (const command of some) {
      const decision = decide(command, order, NOW);
      if (!decision.ok) continue;
      history.push(...decision.value);
      order = fold<Order, OrderEvent>({ evolve }, decision.value, order);
    }
    return { history, order };
  };

  it('is confirmed only with stock and money, ships only when confirmed, and never refunds more than it captured', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (some) => {
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
      fc.property(fc.array(commands, { maxLength: 30 }), (some) => {
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

  it('has one timeline entry per event', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (some) => {
        const { history, order } = happen(some);
        expect(order.timeline).toHaveLength(history.length);
      }),
      { numRuns: RUNS },
    );
  });
});

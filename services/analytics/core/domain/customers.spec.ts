import { describe, expect, it } from 'vitest';
import { customersIn, historyOf, paidOrdersIn, repeatRate, returningIn } from './customers.ts';
import type { Fact } from './fact.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 2, day, 12));
const DAYS = { bounds: [1, 2, 3, 4].map((day) => new Date(Date.UTC(2026, 2, day))) };

let number = 0;
/** An order that is paid. */
const paid = (day: number, shopper?: string): readonly Fact[] => {
  const orderId = `o-${(number += 1)}`;
  const order = { orderId, currency: 'EUR', totalMinor: 1, taxMinor: 0, shippingMinor: 0, lines: [] };
  return [
    { kind: 'order', factId: `${orderId}-1`, at: at(day), shopper, ...order },
    { kind: 'confirmation', factId: `${orderId}-2`, at: at(9), orderId },
  ];
};

describe('paid orders', () => {
  it('are first ones or repeated ones, whatever order they are learned in', () => {
    const orders = paidOrdersIn([...paid(3, 'a'), ...paid(1, 'a'), ...paid(2, 'b'), ...paid(2)]);
    expect(customersIn(orders, DAYS)).toEqual([
      { bucket: 0, firstOrders: 1, repeatOrders: 0, guestOrders: 0 },
      { bucket: 1, firstOrders: 1, repeatOrders: 0, guestOrders: 1 },
      { bucket: 2, firstOrders: 0, repeatOrders: 1, guestOrders: 0 },
    ]);
  });

  it('at the same time follow each other by their IDs', () => {
    const orders = ['2', '1'].map((orderId) => ({ orderId, placed: at(1) }));
    expect(historyOf(orders).map(({ orderId, previous }) => [orderId, previous])).toEqual([
      ['1', undefined],
      ['2', at(1)],
    ]);
  });

  it('count only if they are confirmed', () => {
    expect(paidOrdersIn(paid(1, 'a').slice(0, 1))).toEqual([]);
  });

  it('of nobody known have no rate of repetition', () => {
    expect(repeatRate({ firstOrders: 0, repeatOrders: 0, guestOrders: 3 })).toBeUndefined();
    expect(repeatRate({ firstOrders: 3, repeatOrders: 1, guestOrders: 3 })).toBe(0.25);
  });
});

describe('customers who return', () => {
  it('count once in each day after their first', () => {
    const orders = [...paid(1, 'a'), ...paid(1, 'b'), ...paid(3, 'a'), ...paid(3, 'a'), ...paid(3)];
    expect(returningIn(paidOrdersIn(orders), DAYS)).toEqual([
      { cohort: 0, bucket: 0, customers: 2 },
      { cohort: 0, bucket: 2, customers: 1 },
    ]);
  });

  it('are left out if their first order was before', () => {
    const before = { placed: at(2), orders: 1, first: new Date(Date.UTC(2026, 1, 1)), previous: at(1) };
    expect(returningIn([before, { placed: at(9), orders: 1, first: at(1) }], DAYS)).toEqual([]);
  });
});

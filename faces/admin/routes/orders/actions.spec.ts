import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../api.ts';
import { actionOf, changesSince, neighboursOf, resolutionOf } from './actions.ts';

type Order = Schemas['Order'];

const ADDRESS = {
  recipient: 'Sam Shopper',
  line1: 'Allee 1',
  city: 'Berlin',
  postal_code: '10178',
  country: 'DE',
};

const order = (changes: Partial<Order> = {}): Order => ({
  order_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f43',
  number: 'J6SW-3T35',
  user_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32',
  version: 1,
  status: 'shipped',
  currency: 'EUR',
  items: [],
  actions: [],
  subtotal: 99.8,
  shipping: { option_id: 'dhl', carrier: 'DHL', service: 'Standard', price: 4.9 },
  tax_total: 16.71,
  total_amount: 104.7,
  refunded_total: 0,
  prices_include_tax: false,
  shipping_address: ADDRESS,
  billing_address: ADDRESS,
  payment: { status: 'captured' },
  timeline: [{ status: 'shipped', at: '2026-03-01T10:15:00Z', detail: 'Shipped' }],
  placed_at: '2026-03-01T10:15:00Z',
  updated_at: '2026-03-01T10:15:00Z',
  ...changes,
});

describe('what can be done with an order', () => {
  const refund = {
    action: 'refund',
    left: 10,
    lines: [],
    shipping: false,
  } satisfies Schemas['RefundAction'];
  const resolve = {
    action: 'resolve_case',
    case_id: 'c2',
    kind: 'lost',
    resolutions: ['reship'],
    restock: false,
  } satisfies Schemas['ResolveCaseAction'];

  it('is what the shop says', () => {
    const { actions } = order({ actions: [refund, resolve] });
    expect(actionOf({ actions }, 'refund')).toBe(refund);
    expect(actionOf({ actions }, 'cancel')).toBeUndefined();
    expect([resolutionOf({ actions }, 'c2'), resolutionOf({ actions }, 'c1')]).toEqual([resolve, undefined]);
  });
});

describe('what happened to an order meanwhile', () => {
  it('is nothing while its version is the same', () => {
    expect(changesSince(order(), order())).toBeUndefined();
  });

  it('is its status, its money, and what the timeline says', () => {
    const entry = { status: 'delivered', at: '2026-03-02T10:15:00Z', detail: 'Delivered' } as const;
    const now = order({
      version: 3,
      status: 'delivered',
      refunded_total: 5,
      timeline: [...order().timeline, entry],
    });
    expect(changesSince(order(), now)).toEqual({
      status: { before: 'shipped', now: 'delivered' },
      refunded: { before: 0, now: 5 },
      entries: [entry],
    });
    expect(changesSince(order(), order({ version: 2 }))).toEqual({ entries: [] });
  });
});

describe('the neighbours of an order', () => {
  it.each([
    ['a', { next: 'b' }],
    ['b', { previous: 'a', next: 'c' }],
    ['c', { previous: 'b' }],
    ['gone', {}],
  ])('of %s are those of the list', (id, neighbours) => {
    expect(neighboursOf(['a', 'b', 'c'], id)).toEqual(neighbours);
  });
});

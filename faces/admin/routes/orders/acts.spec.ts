import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../api.ts';
import { actsOf, afterRefund, resolutionsOf, type Case } from './acts.ts';

type Order = Schemas['Order'];
type Payment = Schemas['Payment'];

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
  status: 'delivered',
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
  timeline: [],
  placed_at: '2026-03-01T10:15:00Z',
  updated_at: '2026-03-01T10:15:00Z',
  ...changes,
});

const payment = (...refunds: Payment['refunds']): Payment => ({
  payment_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f54',
  order_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f43',
  status: 'captured',
  amount: 104.7,
  currency: 'EUR',
  captured: 104.7,
  refunded: 0,
  refunds,
  created_at: '2026-03-01T10:15:00Z',
  updated_at: '2026-03-01T10:15:00Z',
});

const refund = (
  amount: number,
  status: Payment['refunds'][number]['status'],
): Payment['refunds'][number] => ({
  refund_id: `r-${amount}`,
  amount,
  reason: 'A scratch',
  status,
});

const aCase = (kind: Case['kind']): Case => ({
  case_id: 'case-1',
  kind,
  state: 'open',
  attempt: 1,
  opened_at: '2026-03-01T10:15:00Z',
  history: [],
});

describe('a refund', () => {
  it('is possible up to what was paid, less refunds that are done or requested', () => {
    expect(actsOf(order(), payment()).refundable).toBe(104.7);
    expect(
      actsOf(
        order({ refunded_total: 10 }),
        payment(refund(10, 'done'), refund(0.3, 'requested'), refund(50, 'refused')),
      ).refundable,
    ).toBe(94.4);
  });

  it('counts what the order knows while the payment is unknown', () => {
    expect(actsOf(order({ refunded_total: 10.1 }), undefined).refundable).toBe(94.6);
  });

  it.each([
    ['nothing was captured', { payment: { status: 'authorized' } }],
    ['the order was cancelled, which refunds it', { status: 'cancelled' }],
    ['everything was refunded', { refunded_total: 104.7 }],
  ] as const)('is not possible if %s', (_why, changes) => {
    expect(actsOf(order(changes), payment()).refundable).toBe(0);
  });

  it('is previewed to the cent', () => {
    expect(afterRefund(order(), 104.7, 0.1)).toEqual({ refunded: 0.1, left: 104.6 });
    expect(afterRefund(order(), 94.4, 94.4)).toEqual({ refunded: 104.7, left: 0 });
  });
});

describe('a cancellation', () => {
  it.each(['pending', 'confirmed'] as const)('is offered while the order is %s', (status) => {
    expect(actsOf(order({ status }), null).canCancel).toBe(true);
  });

  it.each(['shipped', 'delivered', 'cancelled', 'lost', 'returned', 'refunded'] as const)(
    'is not offered once it is %s',
    (status) => {
      expect(actsOf(order({ status }), null).canCancel).toBe(false);
    },
  );

  it('is not offered twice', () => {
    expect(actsOf(order({ status: 'confirmed', cancel_requested: 'staff' }), null).canCancel).toBe(false);
  });
});

describe('a case', () => {
  it('is offered while it is open', () => {
    const cases = [aCase('lost'), { ...aCase('overdue'), state: 'resolved' as const }];
    expect(actsOf(order({ cases }), null).openCases).toEqual([aCase('lost')]);
  });

  it('of a lost parcel can be refunded, sent again or dismissed', () => {
    expect(resolutionsOf(order({ status: 'lost' }), aCase('lost'), 104.7)).toEqual([
      'refund',
      'reship',
      'dismiss',
    ]);
  });

  it('without money left can only be dismissed', () => {
    expect(resolutionsOf(order({ status: 'lost' }), aCase('lost'), 0)).toEqual(['dismiss']);
  });

  it('of a failed refund can be tried again, and is not sent again once delivered', () => {
    expect(resolutionsOf(order(), aCase('refund_failed'), 104.7)).toEqual(['refund', 'dismiss']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  anOrder,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  confirmed,
  delivered,
  DISMISS,
  lost,
  moved,
  NOW,
  outcome,
  refund,
  REFUND,
  refunded,
  RESERVED,
  RESHIP,
  resolve,
  returned,
  shipped,
} from '#order/test/order.mother.ts';
import { decide } from './decide.ts';
import { refundableMinor } from './refunds.ts';

describe('a case for staff', () => {
  it('is resolved by a refund of the remaining amount', () => {
    const decision = decide(resolve('refund', 'case-1', true), returned(), NOW);
    expect(decision).toMatchObject({
      value: [
        { type: 'case-resolved', restock: true },
        { type: 'refund-requested', refund: { refundKey: 'case-1', amountMinor: 2_975, reason: 'returned' } },
      ],
    });
  });

  it('starts no refund if nothing remains', () => {
    const order = shipped(refund(2_975), moved('lost'));
    expect(outcome(order, REFUND)).toEqual(['case-resolved']);
  });

  it('is resolved by a replacement, for which stock is reserved again', () => {
    expect(outcome(lost(), RESHIP)).toEqual(['case-resolved', 'reship-requested']);
    const again = shipped(moved('lost'), RESHIP);
    expect(again).toMatchObject({ attempt: 2, isReserved: false });
    expect(outcome(again, { type: 'stock-reserved', attempt: 1 })).toEqual([]);
    expect(outcome(again, { type: 'stock-reserved', attempt: 2 })).toEqual(['stock-reserved', 'confirmed']);
  });

  it('is open again if the replacement is out of stock', () => {
    const again = shipped(moved('lost'), RESHIP);
    expect(decide({ type: 'out-of-stock', attempt: 2 }, again, NOW)).toMatchObject({
      value: [{ type: 'replacement-refused' }, { type: 'case-opened', kind: 'lost', attempt: 1 }],
    });
    const back = shipped(moved('returned'), RESHIP);
    expect(decide({ type: 'out-of-stock', attempt: 2 }, back, NOW)).toMatchObject({
      value: [{ type: 'replacement-refused' }, { type: 'case-opened', kind: 'returned', attempt: 1 }],
    });
  });

  it('stays open for a lost parcel that only moves', () => {
    expect(outcome(lost(), moved('in_transit'))).toEqual([]);
  });

  it('can be dismissed', () => {
    expect(outcome(lost(), DISMISS)).toEqual(['case-resolved']);
  });

  it('closes when a lost parcel is delivered after all', () => {
    const found = shipped(moved('lost'), moved('delivered'));
    expect(found).toMatchObject({ status: 'delivered', cases: [{ kind: 'lost', state: 'resolved' }] });
  });

  it('must be open to be resolved', () => {
    expect(outcome(shipped(), RESHIP)).toBe('NO_OPEN_CASE');
  });
});

describe('a refund', () => {
  it('is requested once per key', () => {
    expect(outcome(delivered(), refund(100))).toEqual(['refund-requested']);
    const asked = shipped(moved('delivered'), refund(100));
    expect(outcome(asked, refund(100))).toEqual([]);
  });

  it('cannot exceed the remaining amount, counting pending refunds', () => {
    const asked = shipped(refund(2_000));
    expect(refundableMinor(asked)).toBe(975);
    expect(outcome(asked, refund(976, 'r2'))).toBe('REFUND_TOO_HIGH');
    expect(outcome(asked, refund(975, 'r2'))).toEqual(['refund-requested']);
  });

  it('is in the currency of the payment', () => {
    const inYen = { ...refund(100), amount: { minor: 100, currency: 'JPY' } };
    expect(outcome(delivered(), inYen)).toBe('CURRENCY_MISMATCH');
  });

  it('needs a captured payment and an order that is not cancelled', () => {
    expect(outcome(confirmed(), refund(1))).toBe('NOT_REFUNDABLE');
    const stopped = anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL, { type: 'parcel-cancelled', attempt: 1 });
    expect(outcome(stopped, refund(1))).toBe('NOT_REFUNDABLE');
  });

  it('is visible when done, and ends the order if it was the full amount', () => {
    const partly = shipped(refund(100), refunded(100));
    expect(partly).toMatchObject({ status: 'shipped', refundedMinor: 100 });
    const wholly = shipped(refund(2_975), refunded(2_975));
    expect(wholly.status).toBe('refunded');
    expect(outcome(partly, refunded(100))).toEqual([]);
  });

  it('with an unknown key is ignored', () => {
    const strange = { type: 'payment-refunded', refundKey: 'x', amountMinor: 1, totalMinor: 1 } as const;
    expect(outcome(delivered(), strange)).toEqual([]);
    expect(outcome(shipped(refund(100)), strange)).toEqual([]);
  });
});

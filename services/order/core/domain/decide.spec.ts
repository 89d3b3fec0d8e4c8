import { describe, expect, it } from 'vitest';
import {
  anOrder,
  aPlaced,
  AT,
  AUTHORIZED,
  CANCEL,
  cancelled,
  CAPTURED,
  captured,
  confirmed,
  DISPATCHED,
  lost,
  moved,
  NOW,
  outcome,
  PARCEL,
  pending,
  refunded,
  RESERVED,
  returned,
  shipped,
} from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';

describe('a pending order', () => {
  it('is placed once', () => {
    const place = { type: 'place', orderId: 'o-1', placed: aPlaced() } as const;
    expect(decide(place, undefined, NOW)).toMatchObject({ value: [{ type: 'placed', at: AT }] });
    expect(outcome(pending(), place)).toEqual([]);
  });

  it('waits for the payment once its stock is reserved', () => {
    expect(outcome(pending(), RESERVED)).toEqual(['stock-reserved']);
  });

  it('waits for the stock once its payment is authorised', () => {
    expect(outcome(pending(), AUTHORIZED)).toEqual(['payment-authorized']);
  });

  it('is confirmed by the later of the two', () => {
    expect(outcome(anOrder(RESERVED), AUTHORIZED)).toEqual(['payment-authorized', 'confirmed']);
    expect(outcome(anOrder(AUTHORIZED), RESERVED)).toEqual(['stock-reserved', 'confirmed']);
  });

  it('is cancelled when it is out of stock', () => {
    const short = { type: 'out-of-stock', attempt: 1 } as const;
    expect(decide(short, anOrder(AUTHORIZED), NOW)).toMatchObject({
      value: [{ type: 'cancelled', reason: 'out_of_stock' }],
    });
  });

  it('is cancelled when the card is declined', () => {
    const declined = { type: 'payment-failed', reason: 'card_declined' } as const;
    expect(decide(declined, anOrder(RESERVED), NOW)).toMatchObject({
      value: [
        { type: 'payment-failed', reason: 'card_declined' },
        { type: 'cancelled', reason: 'payment_failed' },
      ],
    });
  });

  it('is cancelled at once when the customer cancels', () => {
    expect(outcome(pending(), CANCEL)).toEqual(['cancelled']);
  });

  it('is cancelled when no response arrives in time', () => {
    expect(decide({ type: 'time-is-up', waitedIn: 'pending', attempt: 1 }, pending(), NOW)).toMatchObject({
      value: [{ type: 'cancelled', reason: 'timeout' }],
    });
  });

  it('is not captured before it is confirmed', () => {
    expect(outcome(anOrder(AUTHORIZED), CAPTURED)).toEqual([]);
  });

  it('ignores reports about other parcels', () => {
    expect(outcome(pending(), { type: 'stock-reserved', attempt: 2 })).toEqual([]);
    expect(outcome(pending(), { type: 'out-of-stock', attempt: 2 })).toEqual([]);
    expect(outcome(pending(), { type: 'time-is-up', waitedIn: 'pending', attempt: 2 })).toEqual([]);
  });

  it('handles a repeated report once', () => {
    expect(outcome(anOrder(RESERVED), RESERVED)).toEqual([]);
    expect(outcome(anOrder(AUTHORIZED), AUTHORIZED)).toEqual([]);
    expect(outcome(anOrder(RESERVED), { type: 'out-of-stock', attempt: 1 })).toEqual([]);
  });
});

describe('a confirmed order', () => {
  it('records the capture, once', () => {
    expect(outcome(confirmed(), CAPTURED)).toEqual(['payment-captured']);
    expect(outcome(captured(), CAPTURED)).toEqual([]);
  });

  it('is cancelled when the capture is refused', () => {
    const refused = { type: 'payment-failed', reason: 'capture_refused' } as const;
    expect(outcome(confirmed(), refused)).toEqual(['payment-failed', 'cancelled']);
    expect(outcome(captured(), refused)).toEqual([]);
  });

  it('asks shipping before it is cancelled, once', () => {
    expect(outcome(confirmed(), CANCEL)).toEqual(['cancel-requested']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CANCEL), CANCEL)).toEqual([]);
  });

  it('is cancelled when shipping has stopped the parcel, for the requested reason', () => {
    const asked = anOrder(RESERVED, AUTHORIZED, CANCEL);
    const decision = decide({ type: 'parcel-cancelled', attempt: 1 }, asked, NOW);
    expect(decision).toMatchObject({ value: [{ type: 'cancelled', reason: 'customer' }] });
  });

  it('is not cancelled by shipping alone, nor by a report on another parcel', () => {
    expect(outcome(confirmed(), { type: 'parcel-cancelled', attempt: 1 })).toEqual([]);
    const asked = anOrder(RESERVED, AUTHORIZED, CANCEL);
    expect(outcome(asked, { type: 'parcel-cancelled', attempt: 2 })).toEqual([]);
  });

  it('is shipped only by its own parcel', () => {
    expect(outcome(captured(), { type: 'parcel-dispatched', attempt: 2, parcel: PARCEL })).toEqual([]);
  });

  it('is shipped despite a cancel request if the parcel was faster', () => {
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL), DISPATCHED)).toEqual(['shipped']);
  });

  it('requests its cancellation when nothing moves for too long', () => {
    const late = { type: 'time-is-up', waitedIn: 'confirmed', attempt: 1 } as const;
    expect(decide(late, confirmed(), NOW)).toMatchObject({
      value: [{ type: 'cancel-requested', reason: 'timeout' }],
    });
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CANCEL), late)).toEqual([]);
  });

  it('stores reports on a parcel that it does not know yet', () => {
    const early = anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('delivered'));
    expect(early.status).toBe('confirmed');
    expect(outcome(early, DISPATCHED)).toEqual(['shipped', 'delivered']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('in_transit')), DISPATCHED)).toEqual([
      'shipped',
    ]);
  });

  it('ignores the timeout of a pending order', () => {
    expect(outcome(confirmed(), { type: 'time-is-up', waitedIn: 'pending', attempt: 1 })).toEqual([]);
  });
});

describe('a shipped order', () => {
  it('follows its parcel', () => {
    expect(outcome(shipped(), moved('in_transit'))).toEqual(['parcel-moved']);
    expect(outcome(shipped(), moved('delivered'))).toEqual(['delivered']);
  });

  it('opens a case when its parcel is lost or returned', () => {
    expect(outcome(shipped(), moved('lost'))).toEqual(['parcel-moved', 'case-opened']);
    expect(returned().status).toBe('returned');
    expect(lost()).toMatchObject({ status: 'lost', cases: [{ kind: 'lost', state: 'open', attempt: 1 }] });
  });

  it('opens a case when the parcel takes too long, and continues', () => {
    const late = { type: 'time-is-up', waitedIn: 'shipped', attempt: 1 } as const;
    expect(outcome(shipped(), late)).toEqual(['case-opened']);
    expect(shipped(late)).toMatchObject({
      status: 'shipped',
      cases: [{ kind: 'overdue', state: 'open' }],
    });
  });

  it('can no longer be cancelled, not even by shipping', () => {
    expect(outcome(shipped(), CANCEL)).toBe('ORDER_NOT_CANCELLABLE');
    const asked = anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL, DISPATCHED);
    expect(outcome(asked, { type: 'parcel-cancelled', attempt: 1 })).toEqual([]);
  });

  it('records the capture even if the parcel was faster', () => {
    const overtaken = anOrder(RESERVED, AUTHORIZED, DISPATCHED, moved('delivered'), CAPTURED);
    expect(overtaken).toMatchObject({ status: 'delivered', payment: { status: 'captured' } });
  });

  it('ignores reports about other parcels', () => {
    expect(outcome(shipped(), moved('delivered', 2))).toEqual([]);
    expect(outcome(shipped(), DISPATCHED)).toEqual([]);
  });
});

describe('a cancelled order', () => {
  it.each([
    RESERVED,
    AUTHORIZED,
    CAPTURED,
    DISPATCHED,
    moved('delivered'),
    CANCEL,
    { type: 'out-of-stock', attempt: 1 },
    { type: 'payment-failed', reason: 'late' },
    { type: 'parcel-cancelled', attempt: 1 },
    { type: 'time-is-up', waitedIn: 'pending', attempt: 1 },
  ] satisfies OrderCommand[])('is not changed by $type', (command) => {
    expect(outcome(cancelled(), command)).toEqual([]);
  });

  it('records money that was captured before the cancellation, and its refund', () => {
    const STOPPED = { type: 'parcel-cancelled', attempt: 1 } as const;
    const stopped = anOrder(RESERVED, AUTHORIZED, CANCEL, STOPPED, CAPTURED, refunded(2_975, 'cancel:1'));
    expect(stopped).toMatchObject({
      status: 'cancelled',
      payment: { status: 'captured' },
      refundedMinor: 2_975,
    });
    expect(stopped.timeline.at(-1)?.detail).toBe('Refunded 29.75 EUR: the order was cancelled');
    expect(outcome(stopped, refunded(2_975, 'cancel:1'))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  anOrder,
  AT,
  AUTHORIZED,
  CANCEL,
  cancelled,
  CAPTURED,
  confirmed,
  delivered,
  DISMISS,
  DISPATCHED,
  lost,
  moved,
  pending,
  refund,
  refunded,
  RESERVED,
  RESHIP,
  returned,
  shipped,
  STAFF,
} from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import { evolve } from './evolve.ts';
import type { Order } from './order.ts';
import { isFinal } from './order-state.ts';

const PAID_BACK = [refund(2_975), refunded(2_975)] as const;
const DECLINED: OrderCommand = { type: 'payment-failed', reason: 'card_declined' };

/** Status and text of each entry after `skipped` ones. */
const timelineOf = ({ timeline }: Order, skipped = 0): string[] =>
  timeline.slice(skipped).map(({ status, detail }) => `${status}: ${detail}`);

it('an order starts with its placement', () => {
  expect(() => evolve(undefined, { type: 'confirmed', at: AT })).toThrow('begins with its placing');
});

describe('the timeline of an order', () => {
  it('shows its story to the customer', () => {
    expect(timelineOf(delivered())).toEqual([
      'pending: Order placed',
      'pending: Stock reserved',
      'pending: Payment authorised',
      'confirmed: Order confirmed',
      'confirmed: Payment captured',
      'shipped: Handed to DHL',
      'delivered: Delivered',
    ]);
  });

  it('shows times', () => {
    expect(delivered().timeline.map(({ at }) => at)).toEqual(Array.from({ length: 7 }, () => AT));
  });

  it('shows the carrier’s reports on the parcel', () => {
    expect(timelineOf(shipped(moved('in_transit')), 6)).toEqual(['shipped: The parcel is in_transit']);
  });

  it('shows the reason of a cancellation, and that it was requested', () => {
    expect(timelineOf(cancelled(), 1)).toEqual(['cancelled: Cancelled by the customer']);
    expect(timelineOf(anOrder(DECLINED), 1)).toEqual([
      'pending: Payment failed: card declined',
      'cancelled: Cancelled because the payment failed',
    ]);
    expect(timelineOf(anOrder(RESERVED, AUTHORIZED, CANCEL), 4)).toEqual([
      'confirmed: Cancellation requested by the customer',
    ]);
  });

  it('shows decisions of staff and their outcome', () => {
    expect(timelineOf(shipped(moved('lost'), RESHIP), 7)).toEqual([
      'lost: The parcel is lost; we are looking into it',
      'lost: We will send a replacement',
      'lost: A replacement will be sent once its goods are reserved',
    ]);
    expect(timelineOf(shipped(...PAID_BACK), 6)).toEqual([
      'shipped: Refund of 29.75 EUR on its way',
      'refunded: Refunded 29.75 EUR: goodwill',
    ]);
  });
});

describe('the payment of an order', () => {
  it('shows the card and the status', () => {
    const card = { brand: 'visa', last4: '4242' };
    expect(pending().payment).toEqual({ status: 'pending' });
    expect(confirmed().payment).toEqual({ ...card, status: 'authorized' });
    expect(anOrder(RESERVED, AUTHORIZED, CAPTURED).payment).toEqual({ ...card, status: 'captured' });
    expect(anOrder(AUTHORIZED, DECLINED).payment).toEqual({ ...card, status: 'failed' });
  });
});

describe('reports on a parcel', () => {
  it('are stored only until the parcel is known', () => {
    const early = anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('in_transit'));
    expect(early.earlyReport).toBe('in_transit');
    expect(evolve(early, { type: 'parcel-moved', status: 'lost', detail: '', at: AT }).earlyReport).toBe(
      'lost',
    );
    expect(
      anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('in_transit'), DISPATCHED).earlyReport,
    ).toBeUndefined();
    expect(shipped(moved('in_transit')).earlyReport).toBeUndefined();
  });
});

describe('a case for staff', () => {
  it('is open until it is resolved', () => {
    expect(returned().cases).toMatchObject([{ kind: 'returned', state: 'open', attempt: 1 }]);
    const dismissed = shipped(moved('returned'), DISMISS);
    expect(dismissed).toMatchObject({
      status: 'returned',
      cases: [
        {
          state: 'resolved',
          resolution: 'dismiss',
          history: [{ actor: { kind: 'system' } }, { what: 'The parcel stays with us', actor: STAFF }],
        },
      ],
    });
  });
});

describe('an order', () => {
  it('is final when it is delivered, cancelled, refunded or left returned, and not before', () => {
    expect([delivered(), cancelled(), shipped(...PAID_BACK)].map(isFinal)).toEqual([true, true, true]);
    expect(isFinal(shipped(moved('returned'), DISMISS))).toBe(true);
    expect([pending(), confirmed(), shipped(), lost(), returned()].some(isFinal)).toBe(false);
  });
});

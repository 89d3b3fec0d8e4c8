import { describe, expect, it } from 'vitest';
import {
  anOrder,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  captured,
  delivered,
  DISMISS,
  DISPATCHED,
  moved,
  NOW,
  outcome,
  refund,
  REFUND,
  refunded,
  refundFailed,
  RESERVED,
  RESHIP,
  resolve,
  shipped,
} from '#order/test/order.mother.ts';
import { openCases } from './cases.ts';
import { decide } from './decide.ts';
import type { Order } from './order.ts';
import { refundableMinor } from './refunds.ts';

describe('a refund that would end an order', () => {
  const all = refund(2_975, 'all');
  const part = refund(975, 'part');
  const rest = refund(2_000, 'rest');

  it('waits while a parcel is about to be dispatched, in one piece or as the rest', () => {
    expect(outcome(captured(), all)).toBe('NOT_REFUNDABLE');
    expect(outcome(captured(), part)).toEqual(['refund-requested']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, part), rest)).toBe('NOT_REFUNDABLE');
    expect(outcome(shipped(), all)).toEqual(['refund-requested']);
  });

  it('waits for a replacement until its stock is confirmed or refused', () => {
    const history = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'), RESHIP] as const;
    expect(outcome(anOrder(...history), all)).toBe('NOT_REFUNDABLE');
    expect(outcome(anOrder(...history, { type: 'stock-reserved', attempt: 2 }), all)).toBe('NOT_REFUNDABLE');
    expect(outcome(anOrder(...history, { type: 'out-of-stock', attempt: 2 }), all)).toEqual([
      'refund-requested',
    ]);
  });

  it('leaves nothing to be sent again', () => {
    const order = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, all, moved('lost'));
    expect(outcome(order, RESHIP)).toBe('NOT_RESHIPPABLE');
  });
});

describe('a replacement', () => {
  it('can be cancelled, and requests it if it is not dispatched, even if a cancel came too late before', () => {
    const again = anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL, DISPATCHED, moved('lost'), RESHIP, {
      type: 'stock-reserved',
      attempt: 2,
    });
    expect(outcome(again, CANCEL)).toEqual(['cancel-requested']);
    expect(outcome(again, { type: 'time-is-up', waitedIn: 'confirmed', attempt: 2 })).toEqual([
      'cancel-requested',
    ]);
  });
});

describe('a refund that is refused', () => {
  const BOUGHT = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED] as const;

  it('is reported, becomes a case, and may be requested again', () => {
    expect(outcome(anOrder(...BOUGHT, refund(100, 'a')), refundFailed(100, 'a'))).toEqual(['refund-failed']);
    const order = anOrder(...BOUGHT, refund(100, 'a'), refundFailed(100, 'a'));
    expect(order).toMatchObject({
      status: 'shipped',
      cases: [{ kind: 'refund_failed', state: 'open', refundKey: 'a', amountMinor: 100 }],
    });
    expect(order.timeline.at(-1)?.detail).toBe(
      'Refund of 1.00 EUR failed (card closed); we are looking into it',
    );
    expect(refundableMinor(order)).toBe(2_975);
    expect(outcome(order, refundFailed(100, 'a'))).toEqual([]);
  });

  it('is tried again under another key when staff decide so, for the refused amount and no more', () => {
    const order = anOrder(...BOUGHT, moved('delivered'), refund(100, 'a'), refund(200, 'b'), refundFailed(100, 'a'), refundFailed(200, 'b')); // prettier-ignore
    expect(outcome(order, REFUND)).toBe('SEVERAL_OPEN_CASES');
    expect(decide(resolve('refund', 'case-2'), order, NOW)).toMatchObject({
      value: [
        { type: 'case-resolved', caseId: 'case-2' },
        { type: 'refund-requested', refund: { refundKey: 'case-3', amountMinor: 200 } },
      ],
    });
    const again = anOrder(
      ...BOUGHT,
      refund(100, 'a'),
      refundFailed(100, 'a'),
      REFUND,
      refundFailed(100, 'case-2'),
    );
    expect(decide(REFUND, again, NOW)).toMatchObject({
      value: [
        { type: 'case-resolved' },
        { type: 'refund-requested', refund: { refundKey: 'case-3', amountMinor: 100 } },
      ],
    });
  });

  it('is not tried again beyond the remaining amount', () => {
    const order = anOrder(...BOUGHT, refund(2_000, 'a'), refundFailed(2_000, 'a'), refund(2_500, 'b'));
    expect(decide(REFUND, order, NOW)).toMatchObject({
      value: [{ type: 'case-resolved' }, { type: 'refund-requested', refund: { amountMinor: 475 } }],
    });
  });

  it('is a separate case from that of a parcel', () => {
    const lostToo = anOrder(...BOUGHT, refund(100, 'a'), moved('lost'), refundFailed(100, 'a'));
    expect(lostToo.cases).toMatchObject([
      { kind: 'lost', state: 'open' },
      { kind: 'refund_failed', state: 'open' },
    ]);
    const again = anOrder(...BOUGHT, moved('lost'), REFUND, refundFailed(2_975, 'case-1'));
    expect(again).toMatchObject({
      status: 'lost',
      cases: [{ state: 'resolved' }, { kind: 'refund_failed' }],
    });
    expect(outcome(again, RESHIP)).toEqual(['case-resolved', 'reship-requested']);
  });

  it('stays open whatever happens to the parcel, until it is decided itself', () => {
    const owed = [...BOUGHT, refund(100, 'a'), refundFailed(100, 'a')] as const;
    const late = { type: 'time-is-up', waitedIn: 'shipped', attempt: 1 } as const;
    const open = (order: Order): readonly string[] => openCases(order).map(({ kind }) => kind);
    expect(open(anOrder(...owed, late))).toEqual(['refund_failed', 'overdue']);
    expect(open(anOrder(...owed, late, moved('delivered')))).toEqual(['refund_failed']);
    expect(open(anOrder(...owed, moved('lost'), resolve('dismiss', 'case-2')))).toEqual(['refund_failed']);
    expect(open(anOrder(...owed, moved('lost'), resolve('reship', 'case-2')))).toEqual(['refund_failed']);
    expect(open(anOrder(...owed, DISMISS))).toEqual([]);
  });

  it('stays a case when the parcel arrives, but sends nothing again', () => {
    const order = anOrder(...BOUGHT, refund(100, 'a'), refundFailed(100, 'a'), moved('delivered'));
    expect(order).toMatchObject({ status: 'delivered', cases: [{ kind: 'refund_failed', state: 'open' }] });
    expect(outcome(order, RESHIP)).toBe('NOT_RESHIPPABLE');
    expect(outcome(order, DISMISS)).toEqual(['case-resolved']);
  });

  it('counts as settled in another way once it is dismissed, and may end the order that way', () => {
    const part = anOrder(...BOUGHT, refund(100, 'a'), refundFailed(100, 'a'), DISMISS);
    expect(part.status).toBe('shipped');
    expect(refundableMinor(part)).toBe(2_875);
    const all = anOrder(...BOUGHT, moved('lost'), REFUND, refundFailed(2_975, 'case-1'), DISMISS);
    expect(all).toMatchObject({ status: 'refunded', refundedMinor: 0 });
  });

  it('of a cancelled order is a case even if this service did not request it; the order stays cancelled', () => {
    const history = [
      RESERVED,
      AUTHORIZED,
      CAPTURED,
      CANCEL,
      { type: 'parcel-cancelled', attempt: 1 },
    ] as const;
    const order = anOrder(...history, refundFailed(2_975, 'cancel:1'));
    expect(order).toMatchObject({ status: 'cancelled', cases: [{ kind: 'refund_failed', state: 'open' }] });
    expect(outcome(order, refundFailed(2_975, 'cancel:1'))).toEqual([]);
    const paid = anOrder(...history, refundFailed(2_975, 'cancel:1'), REFUND, refunded(2_975, 'case-2'));
    expect(paid).toMatchObject({ status: 'cancelled', refundedMinor: 2_975, cases: [{ state: 'resolved' }] });
  });

  it('with an unknown key is otherwise ignored', () => {
    expect(outcome(delivered(), refundFailed(100, 'x'))).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  anOrder,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  captured,
  delivered,
  DISPATCHED,
  eur,
  moved,
  NOW,
  outcome,
  RESERVED,
  RESHIP,
  shipped,
} from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import { refundableMinor } from './order.ts';

describe('a refund that would end an order', () => {
  const all = { type: 'refund', refundKey: 'all', amount: eur(2_975), reason: 'goodwill' } as const;
  const part = { ...all, refundKey: 'part', amount: eur(975) };
  const rest = { ...all, refundKey: 'rest', amount: eur(2_000) };

  it('waits while a parcel is about to be sent, in one piece or as the rest', () => {
    expect(outcome(captured(), all)).toBe('NOT_REFUNDABLE');
    expect(outcome(captured(), part)).toEqual(['refund-requested']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, part), rest)).toBe('NOT_REFUNDABLE');
    expect(outcome(shipped(), all)).toEqual(['refund-requested']);
  });

  it('waits for a replacement, until that is known to come or not', () => {
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
  it('can be cancelled, and asks to be when nobody dispatches it, even if a cancel came too late before', () => {
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
  const ask = (amountMinor: number, refundKey: string): OrderCommand => ({
    type: 'refund',
    refundKey,
    amount: eur(amountMinor),
    reason: 'goodwill',
  });
  const fail = (amountMinor: number, refundKey: string): OrderCommand => ({
    type: 'refund-failed',
    refundKey,
    amountMinor,
    reason: 'card_closed',
  });
  const BOUGHT = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED] as const;
  const REFUND: OrderCommand = { type: 'resolve-case', resolution: 'refund', restock: false };

  it('is told, becomes a case, and may be asked for again', () => {
    expect(outcome(anOrder(...BOUGHT, ask(100, 'a')), fail(100, 'a'))).toEqual([
      'refund-failed',
      'case-opened',
    ]);
    const order = anOrder(...BOUGHT, ask(100, 'a'), fail(100, 'a'));
    expect(order).toMatchObject({ status: 'shipped', openCase: 'refund_failed' });
    expect(order.timeline.map(({ detail }) => detail).slice(-2)).toEqual([
      'Refund failed: card_closed',
      'Needs staff: refund_failed',
    ]);
    expect(refundableMinor(order)).toBe(2_975);
    expect(outcome(order, fail(100, 'a'))).toEqual([]);
  });

  it('is tried again under another key when staff says so, for what was refused and no more', () => {
    const order = anOrder(...BOUGHT, moved('delivered'), ask(100, 'a'), ask(200, 'b'), fail(100, 'a'), fail(200, 'b')); // prettier-ignore
    expect(decide(REFUND, order, NOW)).toMatchObject({
      value: [
        { type: 'case-resolved' },
        { type: 'refund-requested', refund: { refundKey: 'case-3', amountMinor: 300 } },
      ],
    });
    const again = anOrder(...BOUGHT, ask(100, 'a'), fail(100, 'a'), REFUND, fail(100, 'case-2'));
    expect(decide(REFUND, again, NOW)).toMatchObject({
      value: [
        { type: 'case-resolved' },
        { type: 'refund-requested', refund: { refundKey: 'case-3', amountMinor: 100 } },
      ],
    });
  });

  it('is not tried again beyond what is left by then', () => {
    const order = anOrder(...BOUGHT, ask(2_000, 'a'), fail(2_000, 'a'), ask(2_500, 'b'));
    expect(decide(REFUND, order, NOW)).toMatchObject({
      value: [{ type: 'case-resolved' }, { type: 'refund-requested', refund: { amountMinor: 475 } }],
    });
  });

  it('leaves the case of a parcel as it is, and opens its own once that is resolved', () => {
    const lostToo = anOrder(...BOUGHT, ask(100, 'a'), moved('lost'), fail(100, 'a'));
    expect(lostToo.openCase).toBe('lost');
    const again = anOrder(...BOUGHT, moved('lost'), REFUND, fail(2_975, 'case-1'));
    expect(again).toMatchObject({ status: 'lost', openCase: 'refund_failed' });
    expect(outcome(again, RESHIP)).toEqual(['case-resolved', 'reship-requested']);
  });

  it('stays a case when the parcel arrives, but sends nothing again', () => {
    const order = anOrder(...BOUGHT, ask(100, 'a'), fail(100, 'a'), moved('delivered'));
    expect(order).toMatchObject({ status: 'delivered', openCase: 'refund_failed' });
    expect(outcome(order, RESHIP)).toBe('NOT_RESHIPPABLE');
    expect(outcome(order, { type: 'resolve-case', resolution: 'dismiss', restock: false })).toEqual([
      'case-resolved',
    ]);
  });

  it('of a cancelled order is a case, too, though nobody here asked for it; the order stays cancelled', () => {
    const history = [
      RESERVED,
      AUTHORIZED,
      CAPTURED,
      CANCEL,
      { type: 'parcel-cancelled', attempt: 1 },
    ] as const;
    const order = anOrder(...history, fail(2_975, 'cancel:1'));
    expect(order).toMatchObject({ status: 'cancelled', openCase: 'refund_failed' });
    expect(outcome(order, fail(2_975, 'cancel:1'))).toEqual([]);
    const paid = anOrder(...history, fail(2_975, 'cancel:1'), REFUND, {
      type: 'payment-refunded',
      refundKey: 'case-2',
      amountMinor: 2_975,
      totalMinor: 2_975,
    });
    expect(paid).toMatchObject({ status: 'cancelled', refundedMinor: 2_975, openCase: undefined });
  });

  it('that nobody asked for is none of the order’s otherwise', () => {
    expect(outcome(delivered(), fail(100, 'x'))).toEqual([]);
  });
});

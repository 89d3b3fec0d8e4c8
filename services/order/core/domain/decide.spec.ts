import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '#kernel/decider.ts';
import {
  anOrder,
  AUTHORIZED,
  CAPTURED,
  DISPATCHED,
  moved,
  NOW,
  outcome,
  placed,
  RESERVED,
} from '#order/test/order.mother.ts';
import { decide, type OrderCommand } from './decide.ts';
import { evolve } from './evolve.ts';
import { isFinal, refundableMinor, type Order, type OrderEvent } from './order.ts';

const pending = () => anOrder();
const confirmed = () => anOrder(RESERVED, AUTHORIZED);
const captured = () => anOrder(RESERVED, AUTHORIZED, CAPTURED);
const shipped = () => anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED);
const delivered = () => anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('delivered'));
const lost = () => anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'));
const returned = () => anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('returned'));
const cancelled = () => anOrder({ type: 'cancel', reason: 'customer' });
const CANCEL: OrderCommand = { type: 'cancel', reason: 'customer' };
const RESHIP: OrderCommand = { type: 'resolve-case', resolution: 'reship', restock: false };

describe('a pending order', () => {
  it('waits for the payment once its stock is reserved', () => {
    expect(outcome(pending(), RESERVED)).toEqual(['stock-reserved']);
  });

  it('waits for the stock once its payment is authorised', () => {
    expect(outcome(pending(), AUTHORIZED)).toEqual(['payment-authorized']);
  });

  it('is confirmed by whichever of the two comes last', () => {
    expect(outcome(anOrder(RESERVED), AUTHORIZED)).toEqual(['payment-authorized', 'confirmed']);
    expect(outcome(anOrder(AUTHORIZED), RESERVED)).toEqual(['stock-reserved', 'confirmed']);
  });

  it('is cancelled when there is not enough stock', () => {
    expect(outcome(anOrder(AUTHORIZED), { type: 'out-of-stock', attempt: 1 })).toEqual(['cancelled']);
  });

  it('is cancelled when the card is declined', () => {
    const declined = { type: 'payment-failed', reason: 'card_declined' } as const;
    expect(outcome(anOrder(RESERVED), declined)).toEqual(['payment-failed', 'cancelled']);
  });

  it('is cancelled at once when the shopper asks', () => {
    expect(outcome(pending(), CANCEL)).toEqual(['cancelled']);
  });

  it('is cancelled when nobody answers in time', () => {
    expect(outcome(pending(), { type: 'time-is-up', waitedIn: 'pending', attempt: 1 })).toEqual([
      'cancelled',
    ]);
  });

  it('takes the same report once', () => {
    expect(outcome(anOrder(RESERVED), RESERVED)).toEqual([]);
    expect(outcome(anOrder(AUTHORIZED), AUTHORIZED)).toEqual([]);
    expect(outcome(anOrder(RESERVED), { type: 'out-of-stock', attempt: 1 })).toEqual([]);
  });
});

describe('a confirmed order', () => {
  it('notes the capture, once', () => {
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

  it('is cancelled when shipping has stopped the parcel, for the reason that was asked', () => {
    const asked = anOrder(RESERVED, AUTHORIZED, CANCEL);
    const decision = decide({ type: 'parcel-cancelled', attempt: 1 }, asked, NOW);
    expect(decision).toMatchObject({ value: [{ type: 'cancelled', reason: 'customer' }] });
  });

  it('is not cancelled by shipping alone', () => {
    expect(outcome(confirmed(), { type: 'parcel-cancelled', attempt: 1 })).toEqual([]);
  });

  it('is shipped although it should be cancelled, when the parcel was faster', () => {
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL), DISPATCHED)).toEqual(['shipped']);
  });

  it('asks to be cancelled when nothing moves for too long', () => {
    const late = { type: 'time-is-up', waitedIn: 'confirmed', attempt: 1 } as const;
    expect(outcome(confirmed(), late)).toEqual(['cancel-requested']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CANCEL), late)).toEqual([]);
  });

  it('remembers news of a parcel that it does not know yet', () => {
    const early = anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('delivered'));
    expect(early.status).toBe('confirmed');
    expect(outcome(early, DISPATCHED)).toEqual(['shipped', 'delivered']);
    expect(outcome(anOrder(RESERVED, AUTHORIZED, CAPTURED, moved('in_transit')), DISPATCHED)).toEqual([
      'shipped',
    ]);
  });

  it('has outlived the patience for a pending one', () => {
    expect(outcome(confirmed(), { type: 'time-is-up', waitedIn: 'pending', attempt: 1 })).toEqual([]);
  });
});

describe('a shipped order', () => {
  it('follows its parcel', () => {
    expect(outcome(shipped(), moved('in_transit'))).toEqual(['parcel-moved']);
    expect(outcome(shipped(), moved('delivered'))).toEqual(['delivered']);
  });

  it('becomes a case for staff when its parcel is lost or comes back', () => {
    expect(outcome(shipped(), moved('lost'))).toEqual(['parcel-moved', 'case-opened']);
    expect(returned().status).toBe('returned');
    expect(lost()).toMatchObject({ status: 'lost', openCase: 'lost' });
  });

  it('alerts staff when the parcel takes too long, and goes on', () => {
    const late = { type: 'time-is-up', waitedIn: 'shipped', attempt: 1 } as const;
    expect(outcome(shipped(), late)).toEqual(['case-opened']);
    expect(anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, late)).toMatchObject({
      status: 'shipped',
      openCase: 'overdue',
    });
  });

  it('cannot be cancelled any more', () => {
    expect(outcome(shipped(), CANCEL)).toBe('ORDER_NOT_CANCELLABLE');
  });

  it('hears of the capture even when the parcel’s news were faster', () => {
    const overtaken = anOrder(RESERVED, AUTHORIZED, DISPATCHED, moved('delivered'), CAPTURED);
    expect(overtaken).toMatchObject({ status: 'delivered', payment: { status: 'captured' } });
  });

  it('ignores what is said about another parcel', () => {
    expect(outcome(shipped(), moved('delivered', 2))).toEqual([]);
    expect(outcome(shipped(), DISPATCHED)).toEqual([]);
  });
});

describe('a case for staff', () => {
  it('is resolved by a refund of everything that was not refunded yet', () => {
    const decision = decide({ type: 'resolve-case', resolution: 'refund', restock: true }, returned(), NOW);
    expect(decision).toMatchObject({
      value: [
        { type: 'case-resolved', restock: true },
        { type: 'refund-requested', refund: { refundKey: 'case-1', amountMinor: 2_975, reason: 'returned' } },
      ],
    });
  });

  it('asks for no refund when nothing is left', () => {
    const refund = { type: 'refund', refundKey: 'a', amountMinor: 2_975, reason: 'goodwill' } as const;
    const order = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, refund, moved('lost'));
    expect(outcome(order, { type: 'resolve-case', resolution: 'refund', restock: false })).toEqual([
      'case-resolved',
    ]);
  });

  it('is resolved by a replacement, for which stock is reserved anew', () => {
    expect(outcome(lost(), RESHIP)).toEqual(['case-resolved', 'reship-requested']);
    const again = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'), RESHIP);
    expect(again).toMatchObject({ attempt: 2, isReserved: false });
    expect(outcome(again, { type: 'stock-reserved', attempt: 1 })).toEqual([]);
    expect(outcome(again, { type: 'stock-reserved', attempt: 2 })).toEqual(['stock-reserved', 'confirmed']);
  });

  it('is open again when there is no stock for the replacement', () => {
    const again = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'), RESHIP);
    expect(decide({ type: 'out-of-stock', attempt: 2 }, again, NOW)).toMatchObject({
      value: [{ type: 'case-opened', kind: 'lost' }],
    });
    const back = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('returned'), RESHIP);
    expect(decide({ type: 'out-of-stock', attempt: 2 }, back, NOW)).toMatchObject({
      value: [{ type: 'case-opened', kind: 'returned' }],
    });
  });

  it('can be dismissed', () => {
    expect(outcome(lost(), { type: 'resolve-case', resolution: 'dismiss', restock: false })).toEqual([
      'case-resolved',
    ]);
  });

  it('ends by itself when a lost parcel is delivered after all', () => {
    const found = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'), moved('delivered'));
    expect(found).toMatchObject({ status: 'delivered', openCase: undefined });
  });

  it('must be open to be resolved', () => {
    expect(outcome(shipped(), RESHIP)).toBe('NO_OPEN_CASE');
  });
});

describe('a refund', () => {
  const refund = (amountMinor: number, refundKey = 'r1'): OrderCommand => ({
    type: 'refund',
    refundKey,
    amountMinor,
    reason: 'goodwill',
  });

  it('is asked for once per key', () => {
    expect(outcome(delivered(), refund(100))).toEqual(['refund-requested']);
    const asked = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('delivered'), refund(100));
    expect(outcome(asked, refund(100))).toEqual([]);
  });

  it('cannot exceed what is left, counting refunds on their way', () => {
    const asked = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, refund(2_000));
    expect(refundableMinor(asked)).toBe(975);
    expect(outcome(asked, refund(976, 'r2'))).toBe('REFUND_TOO_HIGH');
    expect(outcome(asked, refund(975, 'r2'))).toEqual(['refund-requested']);
  });

  it('needs money that was taken, and an order that was not cancelled', () => {
    expect(outcome(confirmed(), refund(1))).toBe('NOT_REFUNDABLE');
    const stopped = anOrder(RESERVED, AUTHORIZED, CAPTURED, CANCEL, { type: 'parcel-cancelled', attempt: 1 });
    expect(outcome(stopped, refund(1))).toBe('NOT_REFUNDABLE');
  });

  it('shows when it is done, and ends the order when it was all of it', () => {
    const done = (totalMinor: number): OrderCommand => ({
      type: 'payment-refunded',
      refundKey: 'r1',
      amountMinor: totalMinor,
      totalMinor,
    });
    const partly = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, refund(100), done(100));
    expect(partly).toMatchObject({ status: 'shipped', refundedMinor: 100 });
    const wholly = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, refund(2_975), done(2_975));
    expect(wholly.status).toBe('refunded');
    expect(outcome(partly, done(100))).toEqual([]);
  });

  it('that nobody asked for is none of the order’s', () => {
    const strange = { type: 'payment-refunded', refundKey: 'x', amountMinor: 1, totalMinor: 1 } as const;
    expect(outcome(delivered(), strange)).toEqual([]);
  });
});

describe('a refund that would end an order', () => {
  const all = { type: 'refund', refundKey: 'all', amountMinor: 2_975, reason: 'goodwill' } as const;
  const part = { ...all, refundKey: 'part', amountMinor: 975 };
  const rest = { ...all, refundKey: 'rest', amountMinor: 2_000 };

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
    amountMinor,
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
  ] satisfies OrderCommand[])('stays as it is when it hears $type', (command) => {
    expect(outcome(cancelled(), command)).toEqual([]);
  });
});

it('an order cannot begin in the middle', () => {
  expect(() => evolve(undefined, { type: 'confirmed', at: NOW.toISOString() })).toThrow(
    'begins with its placing',
  );
});

describe('whatever happens, in whatever order', () => {
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
    { type: 'refund', refundKey: 'a', amountMinor: 2_000, reason: 'x' },
    { type: 'refund', refundKey: 'b', amountMinor: 2_000, reason: 'x' },
    { type: 'payment-refunded', refundKey: 'a', amountMinor: 2_000, totalMinor: 2_000 },
    { type: 'refund-failed', refundKey: 'a', amountMinor: 2_000, reason: 'x' },
    { type: 'resolve-case', resolution: 'refund', restock: true },
  );

  const happen = (some: readonly OrderCommand[]): { history: OrderEvent[]; order: Order } => {
    const history = [placed()];
    let order = evolve(undefined, placed());
    for (const command of some) {
      const decision = decide(command, order, NOW);
      if (!decision.ok) continue;
      history.push(...decision.value);
      order = fold<Order, OrderEvent>({ initial: order, evolve }, decision.value);
    }
    return { history, order };
  };

  it('is confirmed only with stock and money, ships only when confirmed, and never refunds more than it took', () => {
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
    );
  });

  it('once cancelled stays cancelled, and never ships', () => {
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
    );
  });

  it('leaves one entry in the timeline per event', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (some) => {
        const { history, order } = happen(some);
        expect(order.timeline).toHaveLength(history.length);
      }),
    );
  });
});

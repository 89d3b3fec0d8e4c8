import { describe, expect, it } from 'vitest';
import {
  anOrder,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISMISS,
  DISPATCHED,
  moved,
  outcome,
  PARCEL,
  REFUND,
  refund,
  refunded,
  RESERVED,
  RESHIP,
  resolve,
  STAFF,
} from '#order/test/order.mother.ts';
import { openCases } from './cases.ts';
import type { OrderCommand } from './commands.ts';
import type { Order } from './order.ts';
import { isFinal, waitOf, type Waiting } from './order-state.ts';

const PAID = [RESERVED, AUTHORIZED, CAPTURED] as const;
const BOUGHT = [...PAID, DISPATCHED] as const;
const SOLD_OUT: OrderCommand = { type: 'out-of-stock', attempt: 2 };
const RESERVED_AGAIN: OrderCommand = { type: 'stock-reserved', attempt: 2 };
const SENT_AGAIN: OrderCommand = { type: 'parcel-dispatched', attempt: 2, parcel: PARCEL };
const late = (waitedIn: Waiting, attempt = 1): OrderCommand => ({ type: 'time-is-up', waitedIn, attempt });
const kindsOf = (order: Order): readonly string[] => openCases(order).map(({ kind }) => kind);
const waitedFor = (order: Order): string | undefined => waitOf(order)?.waitedIn;

describe('an order whose case staff dismiss', () => {
  it.each([
    ['lost', moved('lost')],
    ['overdue', late('shipped')],
  ] as const)('waits for its %s parcel again, and opens a case again', (_kind, news) => {
    const order = anOrder(...BOUGHT, news, DISMISS);
    expect([order.status, waitedFor(order)]).toEqual(['shipped', 'shipped']);
    expect(outcome(order, late('shipped'))).toEqual(['case-opened']);
    expect(outcome(order, moved('delivered'))).toEqual(['delivered']);
  });

  it('ends if its goods are back and staff leave it at that', () => {
    const order = anOrder(...BOUGHT, moved('returned'), DISMISS);
    expect(isFinal(order)).toBe(true);
    expect(outcome(order, refund(100))).toEqual(['refund-requested']);
  });
});

describe('a replacement', () => {
  const awaited = [...BOUGHT, moved('lost'), RESHIP] as const;

  it('that shipping never reports becomes a case, and may still arrive', () => {
    const order = anOrder(...awaited, late('replacement', 2));
    expect([kindsOf(order), order.awaitsReplacement]).toEqual([['overdue'], true]);
    const sent = anOrder(...awaited, late('replacement', 2), RESERVED_AGAIN);
    expect([sent.status, kindsOf(sent)]).toEqual(['confirmed', []]);
    const none = anOrder(...awaited, late('replacement', 2), SOLD_OUT);
    expect([none.status, kindsOf(none)]).toEqual(['lost', ['lost']]);
  });

  it('that is sold out leaves an order that can be refunded, whatever staff decide first', () => {
    expect(outcome(anOrder(...awaited, SOLD_OUT, DISMISS), refund(2_975))).toEqual(['refund-requested']);
    expect(outcome(anOrder(...awaited, SOLD_OUT), REFUND)).toEqual(['case-resolved', 'refund-requested']);
  });

  it('that is no longer wanted is cancelled at once if it is not packed yet', () => {
    expect(outcome(anOrder(...awaited), CANCEL)).toEqual(['cancelled']);
    expect(outcome(anOrder(...awaited, late('replacement', 2)), REFUND)).toEqual([
      'case-resolved',
      'cancelled',
    ]);
  });

  it('does not refund a customer whose first parcel may have arrived', () => {
    const both = anOrder(...BOUGHT, late('shipped'), RESHIP, RESERVED_AGAIN);
    expect(outcome(both, CANCEL)).toBe('ORDER_NOT_CANCELLABLE');
    expect(outcome(both, { type: 'cancel', actor: STAFF })).toEqual(['cancel-requested']);
    expect(outcome(both, late('confirmed', 2))).toEqual(['case-opened']);
  });

  it('that shipping does not report can be waited for', () => {
    expect(outcome(anOrder(...awaited, late('replacement', 2)), DISMISS)).toEqual(['case-resolved']);
  });

  it('that is sold out makes the first parcel overdue again', () => {
    const order = anOrder(...BOUGHT, late('shipped'), RESHIP, SOLD_OUT);
    expect([order.status, kindsOf(order)]).toEqual(['shipped', ['overdue']]);
  });

  it('that is sold out opens no second case for goods that came back meanwhile', () => {
    const order = anOrder(...BOUGHT, late('shipped'), RESHIP, moved('returned'));
    expect(kindsOf(order)).toEqual(['returned']);
    expect(outcome(order, SOLD_OUT)).toEqual(['replacement-refused']);
  });

  it('is no longer needed if the first parcel arrives after all', () => {
    const first = [
      ...BOUGHT,
      late('shipped'),
      RESHIP,
      RESERVED_AGAIN,
      SENT_AGAIN,
      moved('delivered'),
    ] as const;
    expect(anOrder(...first).status).toBe('shipped');
    expect(anOrder(...first, moved('lost', 2), DISMISS).status).toBe('delivered');
    const refused = anOrder(...BOUGHT, late('shipped'), RESHIP, moved('delivered'), SOLD_OUT);
    expect(refused.status).toBe('delivered');
  });
});

describe('a request to cancel', () => {
  const unanswered = [...PAID, CANCEL, late('cancelling')] as const;

  it('without a response becomes a case, which a late response settles', () => {
    expect(kindsOf(anOrder(...unanswered))).toEqual(['cancel_unanswered']);
    expect(kindsOf(anOrder(...unanswered, DISPATCHED))).toEqual([]);
    const stopped = anOrder(...unanswered, { type: 'parcel-cancelled', attempt: 1 });
    expect([stopped.status, kindsOf(stopped)]).toEqual(['cancelled', []]);
  });

  it('is repeated, or waited for, as staff decide', () => {
    expect(outcome(anOrder(...unanswered), REFUND)).toEqual(['case-resolved', 'cancel-requested']);
    expect(waitedFor(anOrder(...unanswered, DISMISS))).toBe('cancelling');
    expect(outcome(anOrder(...unanswered), RESHIP)).toBe('NOT_RESHIPPABLE');
  });
});

describe('a refund of everything', () => {
  const REFUNDED = [refund(2_975), refunded(2_975)] as const;

  it('closes the case of a lost parcel', () => {
    const order = anOrder(...BOUGHT, moved('lost'), ...REFUNDED);
    expect([order.status, kindsOf(order)]).toEqual(['refunded', []]);
  });

  it('leaves only the end of the parcel to be recorded', () => {
    const order = anOrder(...BOUGHT, ...REFUNDED);
    expect(outcome(order, moved('in_transit'))).toEqual([]);
    expect(outcome(order, moved('lost'))).toEqual(['parcel-moved']);
    expect(outcome(order, moved('delivered'))).toEqual(['parcel-moved']);
  });
});

describe('returned goods', () => {
  it('are no reason to refund a cancelled order, which payment refunds by itself', () => {
    const order = anOrder(...BOUGHT, moved('lost'), RESHIP, CANCEL, moved('returned'));
    expect([order.status, kindsOf(order)]).toEqual(['cancelled', ['returned']]);
    expect(outcome(order, REFUND)).toEqual(['case-resolved']);
  });

  it('are a case for an order that is refunded, partly or fully', () => {
    const all = anOrder(...BOUGHT, refund(2_975), refunded(2_975), moved('returned'));
    expect([all.status, kindsOf(all)]).toEqual(['refunded', ['returned']]);
    expect(outcome(all, resolve('dismiss', 'case-1', true))).toEqual(['case-resolved']);
    expect(outcome(all, RESHIP)).toBe('NOT_RESHIPPABLE');
    const part = anOrder(...BOUGHT, refund(100), refunded(100), moved('returned'));
    expect([part.status, kindsOf(part)]).toEqual(['returned', ['returned']]);
  });

  it('are a case in addition to the replacement that is on its way', () => {
    const order = anOrder(...BOUGHT, late('shipped'), RESHIP, RESERVED_AGAIN, SENT_AGAIN, moved('returned'));
    expect([order.status, kindsOf(order)]).toEqual(['shipped', ['returned']]);
    expect(anOrder(...BOUGHT, moved('lost'), moved('returned')).cases).toMatchObject([
      { kind: 'lost', state: 'resolved' },
      { kind: 'returned', state: 'open' },
    ]);
  });

  it.each([moved('lost'), late('shipped')])('are the only ones to be restocked', (news) => {
    expect(outcome(anOrder(...BOUGHT, news), resolve('refund', 'case-1', true))).toBe('NOTHING_TO_RESTOCK');
  });
});

describe('money that was returned in another way', () => {
  const FAILED = { type: 'refund-failed', refundKey: 'r1', amountMinor: 100, reason: 'x' } as const;

  it('is not refunded again by a cancellation', () => {
    const settled = [...PAID, refund(100), FAILED, DISMISS] as const;
    expect(outcome(anOrder(...settled), CANCEL)).toBe('ORDER_NOT_CANCELLABLE');
    expect(outcome(anOrder(...settled), late('confirmed'))).toEqual(['case-opened']);
    const stopping = anOrder(...PAID, refund(100), FAILED, CANCEL);
    expect(outcome(stopping, DISMISS)).toBe('NOT_REFUNDABLE');
  });

  it('is no longer owed once the cancelled order is fully refunded', () => {
    const stopped = [...PAID, refund(100), CANCEL, { type: 'parcel-cancelled', attempt: 1 }, FAILED] as const;
    expect(outcome(anOrder(...stopped), DISMISS)).toBe('NOT_REFUNDABLE');
    const paid = anOrder(...stopped, refunded(2_975, 'cancel:1'));
    expect([kindsOf(paid), paid.refundedMinor]).toEqual([[], 2_975]);
    const partly = anOrder(...stopped, refunded(2_875, 'cancel:1'));
    expect(kindsOf(partly)).toEqual(['refund_failed']);
    expect(outcome(partly, DISMISS)).toEqual(['case-resolved']);
  });
});

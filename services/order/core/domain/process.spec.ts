import { describe, expect, it } from 'vitest';
import { reactionTo, stepsOf } from '#kernel/process.ts';
import type { NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { toWire } from '#order/adapters/messaging/integration-events.ts';
import {
  anOrder,
  AT,
  AUTHORIZED,
  CANCEL,
  CAPTURED,
  DISMISS,
  DISPATCHED,
  moved,
  NOW,
  placed,
  refund,
  refunded,
  refundFailed,
  RESERVED,
  RESHIP,
  resolve,
  STAFF,
} from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { OrderEvent } from './events.ts';
import type { Order } from './order.ts';
import { makeOrderProcess } from './process.ts';
import { PATIENCE, type Patience } from './tasks.ts';

interface Followed {
  readonly publish: readonly NewEvent[];
  readonly schedule: readonly NewTask[];
  readonly cancel: readonly string[];
}

const nothing: Followed = { publish: [], schedule: [], cancel: [] };

/** Consequences of successive events; integration events in their wire format. */
const reactTo = (
  before: Order | undefined,
  events: readonly OrderEvent[],
  patience: Patience = PATIENCE,
): Followed => {
  const process = makeOrderProcess(patience);
  const steps = stepsOf(process, { state: before, version: 0 }, events);
  return steps.reduce((all, step) => {
    const { publish, schedule, cancel } = reactionTo(process, step);
    return {
      publish: [...all.publish, ...publish.map((one) => toWire(one, step.version))],
      schedule: [...all.schedule, ...schedule],
      cancel: [...all.cancel, ...cancel],
    };
  }, nothing);
};

/** Consequences of `command` for an order after the other commands. */
const follows = (command: OrderCommand, ...earlier: readonly OrderCommand[]) => {
  const order = anOrder(...earlier);
  const decision = decide(command, order, NOW);
  if (!decision.ok) throw new Error(decision.error.code);
  const { publish, schedule, cancel } = reactTo(order, decision.value);
  const name = (key: string): string => key.replace(order.orderId, 'order');
  return {
    published: publish.map(({ type }) => type),
    scheduled: schedule.map(({ key, runAt }) => [name(key), runAt?.toISOString()]),
    cancelled: cancel.map(name),
    payload: publish[0]?.payload,
    payloads: publish.map(({ payload }) => payload),
    tasks: schedule,
    order,
  };
};

const BOUGHT = [RESERVED, AUTHORIZED, CAPTURED, DISPATCHED] as const;
const BY_STAFF = { actor: { kind: 'staff', user_id: STAFF.kind === 'staff' ? STAFF.userId : '' } };

describe('the process of an order', () => {
  it('publishes a placed order with all that others need, and waits 15 minutes', () => {
    const event = placed();
    const order = evolve(undefined, event);
    const reaction = reactTo(undefined, [event]);
    expect(reaction.publish).toMatchObject([
      {
        type: 'order.placed',
        aggregateId: order.orderId,
        key: order.orderId,
        payload: {
          customer: { user_id: order.customer.userId, email: 'sam@example.com', name: 'Sam Shopper' },
          cart_version: 3,
          items: [{ sku: 'KETTLE-1', quantity: 2, price: 10, tax: 3.8, total: 20 }],
          shipping: { option_id: 'dhl:express', price: 5, tax: 0.95 },
          subtotal: 20,
          tax_total: 4.75,
          total_amount: 29.75,
          payment_token: 'tok_1',
        },
      },
    ]);
    expect(reaction.schedule).toEqual([
      {
        key: `${order.orderId}:1:pending`,
        kind: 'order.timer',
        payload: { orderId: order.orderId, waitedIn: 'pending', attempt: 1 },
        runAt: new Date('2026-03-01T12:15:00Z'),
      },
    ]);
    expect(reaction.cancel).toStrictEqual([]);
  });

  it('captures the payment of a confirmed order, and waits a day', () => {
    const { published, scheduled, tasks, cancelled, payload, order } = follows(AUTHORIZED, RESERVED);
    expect(tasks[1]).toMatchObject({ kind: 'order.capture', payload: { orderId: order.orderId } });
    expect(published).toEqual(['order.confirmed']);
    expect(scheduled).toEqual([
      ['order:1:confirmed', '2026-03-02T12:00:00.000Z'],
      ['order:capture', undefined],
    ]);
    expect(cancelled).toEqual(['order:1:pending']);
    expect(payload).toMatchObject({ attempt: 1, total_amount: 29.75, shipping_address: { city: 'Berlin' } });
  });

  it('has stock reserved for a replacement, waits 15 minutes for it, and does not capture again', () => {
    const asked = follows(RESHIP, ...BOUGHT, moved('lost'));
    expect(asked.published).toEqual(['order.case_resolved', 'order.reship_requested']);
    expect(asked.scheduled).toEqual([['order:2:replacement', '2026-03-01T12:15:00.000Z']]);
    const reserved = { type: 'stock-reserved', attempt: 2 } as const;
    const { scheduled, cancelled } = follows(reserved, ...BOUGHT, moved('lost'), RESHIP);
    expect(scheduled.map(([key]) => key)).toEqual(['order:2:confirmed']);
    expect(cancelled).toEqual(['order:2:replacement']);
  });

  it('publishes a parcel under way, and waits 30 days', () => {
    const { published, scheduled, cancelled, payload } = follows(DISPATCHED, RESERVED, AUTHORIZED, CAPTURED);
    expect(published).toEqual(['order.shipped']);
    expect(scheduled).toEqual([['order:1:shipped', '2026-03-31T12:00:00.000Z']]);
    expect(cancelled).toEqual(['order:1:confirmed']);
    expect(payload).toMatchObject({ carrier: 'DHL', tracking_number: 'JD014', shipped_at: AT });
  });

  it('waits again for a parcel if staff dismiss its case', () => {
    expect(follows(DISMISS, ...BOUGHT, moved('lost')).scheduled).toEqual([
      ['order:1:shipped', '2026-03-31T12:00:00.000Z'],
    ]);
  });

  it('waits as long as configured', () => {
    const patience = { ...PATIENCE, pending: 1_000 };
    expect(reactTo(undefined, [placed()], patience).schedule[0]?.runAt).toEqual(
      new Date('2026-03-01T12:00:01Z'),
    );
  });

  it('publishes a delivery, and stops waiting', () => {
    const { published, cancelled, payload } = follows(moved('delivered'), ...BOUGHT);
    expect(published).toEqual(['order.delivered']);
    expect(cancelled).toEqual(['order:1:shipped']);
    expect(payload).toMatchObject({ delivered_at: AT });
  });

  it('asks shipping to stop a confirmed order, names the person who cancels, and waits an hour for the response', () => {
    const asked = follows({ type: 'cancel', actor: STAFF }, RESERVED, AUTHORIZED);
    expect(asked.published).toEqual(['order.cancel_requested']);
    expect(asked.payload).toMatchObject({ attempt: 1, reason: 'staff', requested_at: AT, ...BY_STAFF });
    expect(asked.cancelled).toEqual(['order:1:confirmed']);
    expect(asked.scheduled).toEqual([['order:1:cancelling', '2026-03-01T13:00:00.000Z']]);
  });

  it('publishes a cancellation with what must be undone, and drops its tasks', () => {
    const { published, cancelled, payload } = follows({ type: 'out-of-stock', attempt: 1 }, AUTHORIZED);
    expect(published).toEqual(['order.cancelled']);
    expect(cancelled).toEqual(['order:1:pending', 'order:capture']);
    expect(payload).toMatchObject({
      reason: 'out_of_stock',
      items: [{ quantity: 2 }],
      total_amount: 29.75,
      cart_version: 3,
    });
    expect(payload).not.toHaveProperty('actor');
    expect(follows(CANCEL).payload).toMatchObject({ reason: 'customer', actor: { kind: 'customer' } });
  });

  it('publishes a case to staff, and its resolution to services', () => {
    expect(follows(moved('returned'), ...BOUGHT)).toMatchObject({
      published: ['order.case_opened'],
      cancelled: ['order:1:shipped'],
      payload: { case_id: 'case-1', kind: 'returned', attempt: 1, opened_at: AT },
    });
    const resolution = follows(resolve('dismiss', 'case-1', true), ...BOUGHT, moved('returned'));
    expect(resolution).toMatchObject({
      published: ['order.case_resolved'],
      payload: { case_id: 'case-1', resolution: 'dismiss', restock: true, attempt: 1, items: [{ quantity: 2 }], ...BY_STAFF }, // prettier-ignore
    });
  });

  it('restocks the parcel that came back, not the one that replaces it', () => {
    const late = { type: 'time-is-up', waitedIn: 'shipped', attempt: 1 } as const;
    const again = [RESHIP, { type: 'stock-reserved', attempt: 2 }, moved('returned')] as const;
    const { payload } = follows(resolve('dismiss', 'case-2', true), ...BOUGHT, late, ...again);
    expect(payload).toMatchObject({ attempt: 1, restock: true });
  });

  it('continues to wait for the parcel when a refund is refused', () => {
    expect(follows(refundFailed(100), ...BOUGHT, refund(100))).toMatchObject({
      published: ['order.case_opened'],
      payload: { kind: 'refund_failed' },
      cancelled: [],
    });
  });

  it('publishes that a refund that failed was paid in another way, and which products nothing is left of', () => {
    const dismissed = follows(DISMISS, ...BOUGHT, refund(100), refundFailed(100));
    expect(dismissed.published).toEqual(['order.case_resolved', 'order.refund_settled']);
    expect(dismissed.payloads[1]).toMatchObject({ refund_id: 'r1', amount: 1, settled_total: 1, currency: 'EUR', settled_at: AT, ...BY_STAFF }); // prettier-ignore
    expect(follows(DISMISS, ...BOUGHT, moved('lost')).published).toEqual(['order.case_resolved']);
  });

  it('requests a refund under its own key, and publishes its completion', () => {
    const asked = follows(refund(100), ...BOUGHT);
    expect(asked.scheduled).toEqual([['order:refund:r1', undefined]]);
    const payload = { orderId: asked.order.orderId, currency: 'EUR', refundKey: 'r1', amountMinor: 100, reason: 'goodwill' }; // prettier-ignore
    expect(asked.tasks).toMatchObject([{ kind: 'order.refund', payload }]);
    expect(follows(refunded(100), ...BOUGHT, refund(100))).toMatchObject({
      published: ['order.refunded'],
      payload: { amount: 1, refunded_total: 1, currency: 'EUR', reason: 'goodwill', refunded_at: AT, ...BY_STAFF }, // prettier-ignore
    });
  });

  it('issues an invoice when the payment is captured', () => {
    const { publish, schedule } = reactTo(anOrder(), [{ type: 'payment-captured', at: AT }]);
    expect([publish, schedule]).toMatchObject([[], [{ kind: 'order.invoice' }]]);
  });

  it.each([
    { type: 'stock-reserved' },
    { type: 'payment-authorized', brand: 'visa', last4: '4242' },
    { type: 'payment-failed', reason: 'x' },
    { type: 'refund-dropped', refundKey: 'a', amountMinor: 1 },
    { type: 'parcel-moved', status: 'in_transit', detail: 'x' },
  ] as const)('publishes nothing for $type', (fact) => {
    expect(reactTo(anOrder(), [{ ...fact, at: AT }])).toStrictEqual(nothing);
  });
});

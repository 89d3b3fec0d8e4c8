import { describe, expect, it } from '@jest/globals';
import { anOrder, AT, AUTHORIZED, CAPTURED, DISPATCHED, PARCEL, RESERVED } from '#order/test/order.mother.ts';
import type { OrderCommand } from './commands.ts';
import type { OrderEvent } from './order.ts';
import { becauseOf, react } from './saga.ts';

const reactTo = (event: OrderEvent, ...commands: readonly OrderCommand[]) => {
  const order = anOrder(...commands);
  const { announce, schedule, dismiss } = react(order, event, 7);
  const name = (key: string): string => key.replace(order.orderId, 'order');
  return {
    announced: announce.map(({ type }) => type),
    scheduled: schedule.map(({ key, runAt }) => [name(key), runAt?.toISOString()]),
    dismissed: dismiss.map(name),
    payload: announce[0]?.payload,
    tasks: schedule,
    order,
  };
};

describe('the saga', () => {
  it('announces a placed order with all that others need, and waits 15 minutes', () => {
    const order = anOrder();
    const reaction = react(order, { type: 'placed', orderId: order.orderId, placed: order, at: AT }, 1);
    expect(reaction.announce).toMatchObject([
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
    expect(reaction.dismiss).toStrictEqual([]);
  });

  it('captures the payment of a confirmed order, and waits a day', () => {
    const { announced, scheduled, tasks, dismissed, payload, order } = reactTo(
      { type: 'confirmed', at: AT },
      RESERVED,
      AUTHORIZED,
    );
    expect(tasks[1]).toMatchObject({ kind: 'order.capture', payload: { orderId: order.orderId } });
    expect(announced).toEqual(['order.confirmed']);
    expect(scheduled).toEqual([
      ['order:1:confirmed', '2026-03-02T12:00:00.000Z'],
      ['order:capture', undefined],
    ]);
    expect(dismissed).toEqual(['order:1:pending']);
    expect(payload).toMatchObject({ attempt: 1, total_amount: 29.75, shipping_address: { city: 'Berlin' } });
  });

  it('does not capture again for a replacement', () => {
    const { scheduled } = reactTo({ type: 'confirmed', at: AT }, RESERVED, AUTHORIZED, CAPTURED);
    expect(scheduled.map(([key]) => key)).toEqual(['order:1:confirmed']);
  });

  it('tells of a parcel under way, and waits 30 days', () => {
    const { announced, scheduled, dismissed, payload } = reactTo({ type: 'shipped', parcel: PARCEL, at: AT }, RESERVED, AUTHORIZED, CAPTURED, DISPATCHED); // prettier-ignore
    expect(announced).toEqual(['order.shipped']);
    expect(scheduled).toEqual([['order:1:shipped', '2026-03-31T12:00:00.000Z']]);
    expect(dismissed).toEqual(['order:1:confirmed']);
    expect(payload).toMatchObject({ carrier: 'DHL', tracking_number: 'JD014', shipped_at: AT });
  });

  it('waits as long as it is told to', () => {
    const patience = { pending: 1_000, confirmed: 2_000, shipped: 3_000 };
    const order = anOrder(RESERVED, AUTHORIZED, CAPTURED, DISPATCHED);
    const timers = [
      { type: 'placed', orderId: order.orderId, placed: order, at: AT },
      { type: 'confirmed', at: AT },
      { type: 'shipped', parcel: PARCEL, at: AT },
    ] as const;
    expect(timers.map((event) => react(order, event, 1, patience).schedule[0]?.runAt)).toEqual(
      [1, 2, 3].map((seconds) => new Date(`2026-03-01T12:00:0${seconds}Z`)),
    );
  });

  it('tells of a delivery, and waits no longer', () => {
    const { announced, dismissed, payload } = reactTo({ type: 'delivered', at: AT });
    expect(announced).toEqual(['order.delivered']);
    expect(dismissed).toEqual(['order:1:shipped']);
    expect(payload).toMatchObject({ delivered_at: AT });
  });

  it('asks shipping to stop a confirmed order', () => {
    const { announced, payload } = reactTo({ type: 'cancel-requested', reason: 'customer', at: AT });
    expect(announced).toEqual(['order.cancel_requested']);
    expect(payload).toMatchObject({ attempt: 1, reason: 'customer', requested_at: AT });
  });

  it('tells of a cancellation with what must be undone, and forgets what it had planned', () => {
    const { announced, dismissed, payload } = reactTo({ type: 'cancelled', reason: 'out_of_stock', at: AT });
    expect(announced).toEqual(['order.cancelled']);
    expect(dismissed).toEqual(['order:1:pending', 'order:1:confirmed', 'order:capture']);
    expect(payload).toMatchObject({
      reason: 'out_of_stock',
      items: [{ quantity: 2 }],
      total_amount: 29.75,
      cart_version: 3,
    });
  });

  it('tells staff of a case, and services of its resolution', () => {
    expect(reactTo({ type: 'case-opened', kind: 'lost', at: AT })).toMatchObject({
      announced: ['order.case_opened'],
      dismissed: ['order:1:shipped'],
      payload: { kind: 'lost', opened_at: AT },
    });
    expect(reactTo({ type: 'case-resolved', resolution: 'refund', restock: true, at: AT })).toMatchObject({
      announced: ['order.case_resolved'],
      payload: { resolution: 'refund', restock: true, attempt: 1, items: [{ quantity: 2 }], resolved_at: AT },
    });
  });

  it('goes on waiting for the parcel when a refund is refused', () => {
    expect(reactTo({ type: 'case-opened', kind: 'refund_failed', at: AT })).toMatchObject({
      announced: ['order.case_opened'],
      dismissed: [],
    });
  });

  it('has stock reserved for a replacement', () => {
    const { announced, payload } = reactTo({ type: 'reship-requested', at: AT });
    expect(announced).toEqual(['order.reship_requested']);
    expect(payload).toMatchObject({ attempt: 1, items: [{ quantity: 2 }], requested_at: AT });
  });

  it('has a refund paid under a key of its own, and tells when it is done', () => {
    const refund = { refundKey: 'r1', amountMinor: 100, reason: 'goodwill' };
    const asked = reactTo({ type: 'refund-requested', refund, at: AT });
    expect(asked.scheduled).toEqual([['order:refund:r1', undefined]]);
    expect(asked.tasks).toMatchObject([
      { kind: 'order.refund', payload: { orderId: asked.order.orderId, currency: 'EUR', ...refund } },
    ]);
    expect(
      reactTo({ type: 'refunded', amountMinor: 100, totalMinor: 100, reason: 'goodwill', at: AT }),
    ).toMatchObject({
      announced: ['order.refunded'],
      payload: { amount: 1, refunded_total: 1, currency: 'EUR', reason: 'goodwill', refunded_at: AT },
    });
  });

  it.each([
    { type: 'stock-reserved' },
    { type: 'payment-authorized', brand: 'visa', last4: '4242' },
    { type: 'payment-captured' },
    { type: 'payment-failed', reason: 'x' },
    { type: 'refund-failed', refundKey: 'a', amountMinor: 1, reason: 'x' },
    { type: 'parcel-moved', status: 'in_transit', detail: 'x' },
  ] as const)('says nothing of $type', (fact) => {
    expect(react(anOrder(), { ...fact, at: AT }, 2)).toStrictEqual({
      announce: [],
      schedule: [],
      dismiss: [],
    });
  });

  it('passes on what it all was because of', () => {
    const cause = { correlationId: 'c', causationId: 'e' };
    const order = anOrder(RESERVED, AUTHORIZED);
    const { announce, schedule } = becauseOf(react(order, { type: 'confirmed', at: AT }, 4), cause);
    expect([...announce, ...schedule].every((one) => one.cause === cause)).toBe(true);
  });
});

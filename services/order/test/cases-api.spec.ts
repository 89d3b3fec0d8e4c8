import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { orderForEachTest, STRANGER, USER } from './order.rig.ts';

const { service, place, hear, confirm, shipped, report, get } = orderForEachTest();

const asStaff = async (method: string, path: string, body?: object): Promise<Answered> =>
  service.send(method, path, { token: await service.toolbox.tokenOf(STRANGER, 'order_manager'), ...(body ? { body } : {}) }); // prettier-ignore

const resolve = (orderId: string, body: object): Promise<Answered> =>
  asStaff('POST', `/api/v1/orders/${orderId}/case-resolution`, body);

/** Staff request a refund, and the payment gateway refuses it. */
const failRefund = async (orderId: string, amount: number): Promise<void> => {
  await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, {
    amount,
    currency: 'EUR',
    reason: 'A scratch',
  });
  const { clock, stores } = service.toolbox;
  const [task] = await stores.tasks.claim('order.refund', clock.now(), clock.now(), 1);
  const { refundKey } = (task?.payload ?? {}) as { readonly refundKey: string };
  await hear('payment.refund_failed', orderId, { refund_id: refundKey, amount, reason: 'card_closed' });
};

const announced = async (type: string) =>
  (await service.toolbox.announced()).filter(({ event_type }) => event_type === type);

describe('the cases of an order', () => {
  it('may be several, each resolved by its id', async () => {
    const orderId = await shipped();
    await failRefund(orderId, 10);
    await report(orderId, 'lost');
    expect((await get(orderId)).body).toMatchObject({
      status: 'lost',
      open_case: 'refund_failed',
      cases: [
        { case_id: 'case-1', kind: 'refund_failed', state: 'open', amount: 10 },
        { case_id: 'case-2', kind: 'lost', state: 'open', attempt: 1 },
      ],
    });
    expect(await resolve(orderId, { resolution: 'dismiss' })).toMatchObject({
      status: 409,
      body: { code: 'SEVERAL_OPEN_CASES' },
    });
    const { body } = await resolve(orderId, { resolution: 'dismiss', case_id: 'case-2' });
    expect(body).toMatchObject({
      status: 'shipped',
      open_case: 'refund_failed',
      cases: [{ state: 'open' }, { state: 'resolved', resolution: 'dismiss', history: [{}, {}] }],
    });
    expect(await resolve(orderId, { resolution: 'dismiss', case_id: 'case-2' })).toMatchObject({
      status: 409,
      body: { code: 'NO_OPEN_CASE' },
    });
    await report(orderId, 'delivered');
    expect((await get(orderId)).body).toMatchObject({ status: 'delivered', open_case: 'refund_failed' });
  });

  it('cover goods that come back after their refund, and restock them only then', async () => {
    const orderId = await shipped();
    const all = { amount: 29.75, currency: 'EUR', reason: 'not wanted' };
    const { body: asked } = await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, all);
    expect(asked).toMatchObject({ status: 'shipped' });
    const [task] = await service.toolbox.stores.tasks.claim('order.refund', new Date('2030-01-01'), new Date('2030-01-01'), 1); // prettier-ignore
    const { refundKey } = (task?.payload ?? {}) as { readonly refundKey: string };
    await hear('payment.refunded', orderId, { refund_id: refundKey, amount: 29.75, refunded_total: 29.75 });
    await report(orderId, 'returned');
    expect((await get(orderId)).body).toMatchObject({ status: 'refunded', open_case: 'returned' });
    const { status, body } = await resolve(orderId, { resolution: 'dismiss', restock: true });
    expect([status, body.status]).toEqual([200, 'refunded']);
    expect(await announced('order.case_resolved')).toMatchObject([
      { payload: { restock: true, attempt: 1 } },
    ]);
  });

  it('settle a refund by lines that failed: it is announced with the products of which nothing is left', async () => {
    const orderId = await shipped();
    const { body: order } = await get(orderId);
    const lines = order.items.map(({ variant_id, quantity }: { variant_id: string; quantity: number }) => ({
      variant_id,
      quantity,
    }));
    const asked = { lines, reason: 'Damaged' };
    expect(await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, asked)).toMatchObject({ status: 202 });
    const { clock, stores } = service.toolbox;
    const [task] = await stores.tasks.claim('order.refund', clock.now(), clock.now(), 1);
    if (!task) throw new Error('no refund was scheduled');
    const { refundKey, amountMinor } = task.payload as { refundKey: string; amountMinor: number };
    const amount = amountMinor / 100;
    await hear('payment.refund_failed', orderId, { refund_id: refundKey, amount, reason: 'card_closed' });
    expect(await announced('order.refund_settled')).toEqual([]);
    expect(await resolve(orderId, { resolution: 'dismiss' })).toMatchObject({ status: 200 });
    expect(await announced('order.refund_settled')).toMatchObject([
      {
        payload: {
          order_id: orderId,
          refund_id: refundKey,
          amount,
          settled_total: amount,
          lines,
          refunded_products: [...new Set(order.items.map((one: { product_id: string }) => one.product_id))],
        },
      },
    ]);
  });

  it('restock nothing if no goods came back', async () => {
    const orderId = await shipped();
    await report(orderId, 'lost');
    expect(await resolve(orderId, { resolution: 'refund', restock: true })).toMatchObject({
      status: 409,
      body: { code: 'NOTHING_TO_RESTOCK' },
    });
  });

  it('leave an order that can be refunded, whatever was tried before', async () => {
    const orderId = await shipped();
    await report(orderId, 'lost');
    await resolve(orderId, { resolution: 'reship' });
    await hear('inventory.out_of_stock', orderId, { attempt: 2 });
    expect((await get(orderId)).body).toMatchObject({ status: 'lost', open_case: 'lost' });
    await resolve(orderId, { resolution: 'dismiss' });
    const all = { amount: 29.75, currency: 'EUR', reason: 'lost' };
    expect(await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, all)).toMatchObject({ status: 202 });
  });
});

describe('the actor', () => {
  it('of actions by staff is "the shop" for customers, and the person for staff', async () => {
    const orderId = await shipped();
    await report(orderId, 'lost');
    await resolve(orderId, { resolution: 'refund' });
    const last = ({ body }: Answered) => body.timeline.at(-1) as unknown;
    expect(last(await get(orderId))).toMatchObject({ actor: { kind: 'shop' } });
    expect(JSON.stringify((await get(orderId)).body)).not.toContain(STRANGER);
    const seen = await asStaff('GET', `/api/v1/orders/${orderId}`);
    expect(last(seen)).toMatchObject({ actor: { kind: 'shop', user_id: STRANGER } });
    expect(seen.body.timeline[0]).toMatchObject({ actor: { kind: 'customer', user_id: USER } });
    expect(seen.body.cases[0].history.at(-1)).toMatchObject({ actor: { user_id: STRANGER } });
    const token = await service.toolbox.tokenOf(USER);
    const page = await service.send('GET', `/api/v1/users/${USER}/orders`, { token });
    expect(JSON.stringify(page.body)).not.toContain(STRANGER);
  });

  it('is hidden from a customer who follows the order', async () => {
    const { body } = await place();
    const token = await service.toolbox.tokenOf(USER);
    const path = `/api/v1/orders/${String(body.order_id)}`;
    const following = service.send('GET', `${path}/events`, { token });
    await asStaff('PUT', `${path}/cancel`);
    const { body: stream } = await following;
    expect(stream).toContain('Cancelled by the shop');
    expect(stream).not.toContain(STRANGER);
  });

  it('is published with a cancellation: staff who cancel are not the customer', async () => {
    const { body } = await place();
    const { body: seen } = await asStaff('PUT', `/api/v1/orders/${String(body.order_id)}/cancel`);
    expect(seen).toMatchObject({ status: 'cancelled' });
    expect(await announced('order.cancelled')).toMatchObject([
      { payload: { reason: 'staff', actor: { kind: 'staff', user_id: STRANGER } } },
    ]);
  });
});

describe('a cancelled order', () => {
  it('shows amount and time of the refund, as payment reports it', async () => {
    const { body } = await place();
    await confirm(body.order_id);
    await hear('payment.successful', body.order_id);
    const token = await service.toolbox.tokenOf(USER);
    await service.send('PUT', `/api/v1/orders/${String(body.order_id)}/cancel`, { token });
    await hear('shipment.cancelled', body.order_id);
    await hear('payment.refunded', body.order_id, {
      refund_id: 'cancel:1',
      amount: 29.75,
      refunded_total: 29.75,
    });
    const { body: seen } = await get(body.order_id);
    expect(seen).toMatchObject({ status: 'cancelled', refunded_total: 29.75 });
    expect(seen.timeline.at(-1)).toMatchObject({
      status: 'cancelled',
      detail: 'Refunded 29.75 EUR: the order was cancelled',
    });
    expect(await announced('order.refunded')).toMatchObject([{ payload: { amount: 29.75 } }]);
  });
});

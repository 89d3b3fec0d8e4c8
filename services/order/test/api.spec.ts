import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { START } from '#test/kit/toolbox.ts';
import { orderForEachTest, PRODUCT, STRANGER, USER, VARIANT } from './order.rig.ts';

const { service, world, place, hear, confirm, shipped, report, get } = orderForEachTest();

describe('an order', () => {
  it('is visible to its customer and to staff, and to no other user', async () => {
    const { body } = await place();
    expect((await get(body.order_id)).headers.get('etag')).toBe('"1"');
    expect(await get(body.order_id, STRANGER)).toMatchObject({
      status: 404,
      body: { code: 'ORDER_NOT_FOUND' },
    });
    const staff = await service.toolbox.tokenOf(STRANGER, 'order_manager');
    expect((await service.send('GET', `/api/v1/orders/${body.order_id}`, { token: staff })).status).toBe(200);
  });

  it('progresses as others report', async () => {
    const { body } = await place();
    await confirm(body.order_id);
    expect((await get(body.order_id)).body).toMatchObject({ status: 'confirmed', payment: { status: 'authorized', brand: 'visa', last4: '4242' } }); // prettier-ignore
    await hear('payment.successful', body.order_id);
    await hear('shipment.created', body.order_id, { tracking_number: 'JD1' });
    expect((await get(body.order_id)).body).toMatchObject({
      status: 'shipped',
      shipping: { tracking_number: 'JD1' },
    });
    await report(body.order_id, 'delivered');
    const { body: done } = await get(body.order_id);
    expect(done.status).toBe('delivered');
    const announced = await service.toolbox.announced();
    expect(announced.map(({ event_type }) => event_type)).toEqual(['order.placed', 'order.confirmed', 'order.shipped', 'order.delivered']); // prettier-ignore
    expect(announced.at(-1)?.causation_id).not.toBe(announced[0]?.causation_id);
  });

  it('is cancelled when its goods are out of stock or its payment fails', async () => {
    const { body } = await place();
    await hear('inventory.out_of_stock', body.order_id);
    expect((await get(body.order_id)).body).toMatchObject({ status: 'cancelled' });
    world.cart = { ...world.cart, version: 4 };
    const other = await place({ cart_version: 4 });
    await hear('payment.failed', other.body.order_id, { stage: 'authorize' });
    expect((await get(other.body.order_id)).body).toMatchObject({
      status: 'cancelled',
      payment: { status: 'failed' },
    });
  });

  it('that does not exist cannot get reports: the event is parked', async () => {
    await hear('payment.authorized', STRANGER);
    expect(await service.toolbox.stores.deadLetters.list(9)).toHaveLength(1);
  });

  it('can be followed by server-sent events from where the client left off to the end', async () => {
    const { body } = await place();
    const token = await service.toolbox.tokenOf(USER);
    const url = `/api/v1/orders/${body.order_id}/events`;
    const following = service.send('GET', url, { token });
    await service.send('PUT', `/api/v1/orders/${body.order_id}/cancel`, { token });
    const { headers, body: stream } = await following;
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(stream).toContain('id: 1\nevent: timeline\ndata: {"status":"pending"');
    expect(stream).toContain('id: 2\nevent: timeline\ndata: {"status":"cancelled"');
    const rest = await service.send('GET', url, { token, headers: { 'last-event-id': '1' } });
    expect(rest.body).not.toContain('id: 1\n');
    expect(rest.body).toContain('id: 2\n');
    expect(await service.send('GET', url, { token: await service.toolbox.tokenOf(STRANGER) })).toMatchObject({
      status: 404,
    });
  });
});

describe('cancelling', () => {
  const cancel = async (orderId: string, userId = USER): Promise<Answered> =>
    service.send('PUT', `/api/v1/orders/${orderId}/cancel`, { token: await service.toolbox.tokenOf(userId) });

  it('ends a pending order at once; a second request changes nothing', async () => {
    const { body } = await place();
    expect(await cancel(body.order_id)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', version: 2 },
    });
    expect(await cancel(body.order_id)).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('is a request once the order is confirmed, which shipping grants', async () => {
    const { body } = await place();
    await confirm(body.order_id);
    expect(await cancel(body.order_id)).toMatchObject({
      body: { status: 'confirmed', cancel_requested: 'customer' },
    });
    await hear('shipment.cancelled', body.order_id);
    expect((await get(body.order_id)).body.status).toBe('cancelled');
  });

  it('is too late for a shipped order, and hidden from other users', async () => {
    const { body } = await place();
    expect(await cancel(body.order_id, STRANGER)).toMatchObject({ status: 404 });
    await confirm(body.order_id);
    await hear('shipment.created', body.order_id);
    expect(await cancel(body.order_id)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_CANCELLABLE' },
    });
  });
});

describe('staff', () => {
  const asStaff = async (method: string, path: string, body?: object): Promise<Answered> =>
    service.send(method, path, { token: await service.toolbox.tokenOf(STRANGER, 'order_manager'), ...(body ? { body } : {}) }); // prettier-ignore

  it('refund part of an order', async () => {
    const orderId = await shipped();
    const path = `/api/v1/orders/${orderId}/refunds`;
    expect(await asStaff('POST', path, { amount: 10, currency: 'EUR', reason: 'scratched' })).toMatchObject({
      status: 202,
    });
    const tooHigh = await asStaff('POST', path, { amount: 19.76, currency: 'EUR', reason: 'x' });
    expect(tooHigh).toMatchObject({
      status: 422,
      body: { code: 'REFUND_TOO_HIGH', left: 19.75, currency: 'EUR' },
    });
    expect(tooHigh.body.detail).toContain('19.75 EUR');
    expect(await asStaff('POST', path, { amount: 1, currency: 'USD', reason: 'x' })).toMatchObject({ status: 409, body: { code: 'CURRENCY_MISMATCH' } }); // prettier-ignore
    expect(await asStaff('POST', path, { amount: 0.001, currency: 'EUR', reason: 'x' })).toMatchObject({ status: 422, body: { code: 'INVALID_AMOUNT' } }); // prettier-ignore
    expect(await asStaff('POST', `/api/v1/orders/${STRANGER}/refunds`, { amount: 1, currency: 'EUR', reason: 'x' })).toMatchObject({ status: 404 }); // prettier-ignore
    expect(await service.toolbox.stores.tasks.nextDue('order.refund')).toBeDefined();
  });

  it('refund units of lines, as quoted', async () => {
    const orderId = await shipped();
    const path = `/api/v1/orders/${orderId}`;
    const quote = (query: string) => asStaff('GET', `${path}/refund-quote${query}`);
    const line = { variant_id: VARIANT, sku: 'K-1' };
    expect(await quote('')).toMatchObject({
      status: 200,
      body: { amount: 0, left: 29.75, lines: [{ ...line, quantity: 0, amount: 0, refundable_quantity: 2 }] },
    });
    const quoted = await quote(`?line=${VARIANT.toUpperCase()}:1&shipping=true`);
    expect(quoted.body).toEqual({
      currency: 'EUR',
      lines: [{ ...line, quantity: 1, amount: 11.9, refundable_quantity: 2 }],
      shipping_amount: 5.95,
      amount: 17.85,
      left: 29.75,
    });
    const wish = { lines: [{ variant_id: VARIANT, quantity: 1 }], shipping: true, reason: 'scratched' };
    expect(await asStaff('POST', `${path}/refunds`, wish)).toMatchObject({
      status: 202,
      body: { items: [{ refunded_quantity: 0 }] },
    });
    const [task] = await service.toolbox.stores.tasks.claim('order.refund', START, START, 1);
    const { refundKey } = (task?.payload ?? {}) as { readonly refundKey: string };
    expect(task?.payload).toEqual({
      orderId,
      currency: 'EUR',
      refundKey,
      amountMinor: 1_785,
      reason: 'scratched',
    });
    await hear('payment.refunded', orderId, { refund_id: refundKey, amount: 17.85, refunded_total: 17.85 });
    expect((await get(orderId)).body).toMatchObject({ items: [{ quantity: 2, refunded_quantity: 1 }] });
    const two = { lines: [{ variant_id: VARIANT, quantity: 2 }], reason: 'x' };
    const tooMany = { code: 'LINE_NOT_REFUNDABLE', variant: VARIANT, left: 1 };
    expect(await asStaff('POST', `${path}/refunds`, two)).toMatchObject({ status: 422, body: tooMany });
    expect(await quote(`?line=${VARIANT}:2`)).toMatchObject({ status: 422, body: tooMany });
  });

  it('announce the lines of a refund, and the products that are refunded as a whole', async () => {
    const orderId = await shipped();
    const wish = { lines: [{ variant_id: VARIANT, quantity: 1 }], reason: 'scratched' };
    for (let requests = 0; requests < 2; requests += 1)
      await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, wish);
    const tasks = await service.toolbox.stores.tasks.claim('order.refund', START, START, 2);
    for (const [index, { payload }] of tasks.entries()) {
      const { refundKey } = payload as { readonly refundKey: string };
      const amounts = { amount: 11.9, refunded_total: 11.9 * (index + 1) };
      await hear('payment.refunded', orderId, { refund_id: refundKey, ...amounts });
    }
    const refunds = (await service.toolbox.announced()).filter(
      ({ event_type }) => event_type === 'order.refunded',
    );
    const lines = [{ product_id: PRODUCT, variant_id: VARIANT, quantity: 1, amount: 11.9 }];
    expect(refunds).toMatchObject([
      { event_version: '4.0', payload: { lines, shipping_amount: 0, refunded_products: [] } },
      { event_version: '4.0', payload: { lines, refunded_products: [PRODUCT] } },
    ]);
  });

  it('say either an amount or lines of a refund, and not both', async () => {
    const path = `/api/v1/orders/${await shipped()}/refunds`;
    const lines = [{ variant_id: VARIANT, quantity: 1 }];
    for (const body of [
      { reason: 'x' },
      { reason: 'x', amount: 1 },
      { reason: 'x', amount: 1, currency: 'EUR', lines },
      { reason: 'x', amount: 1, currency: 'EUR', shipping: true },
      { reason: 'x', lines: [{ variant_id: VARIANT, quantity: 0 }] },
    ])
      expect(await asStaff('POST', path, body)).toMatchObject({ status: 400 });
    const token = await service.toolbox.tokenOf(USER);
    const quotePath = path.replace('refunds', 'refund-quote');
    expect(await service.send('GET', quotePath, { token })).toMatchObject({ status: 403 });
    expect(await asStaff('GET', `/api/v1/orders/${STRANGER}/refund-quote`)).toMatchObject({ status: 404 });
    expect(await asStaff('GET', `${quotePath}?line=x:1`)).toMatchObject({ status: 400 });
  });

  it('cannot refund more than was paid', async () => {
    const { body } = await place();
    const answer = await asStaff('POST', `/api/v1/orders/${body.order_id}/refunds`, {
      amount: 1,
      currency: 'EUR',
      reason: 'x',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'NOT_REFUNDABLE' } });
  });

  it('decide the case of a lost parcel', async () => {
    const orderId = await shipped();
    const path = `/api/v1/orders/${orderId}/case-resolution`;
    expect(await asStaff('POST', path, { resolution: 'refund' })).toMatchObject({ status: 409, body: { code: 'NO_OPEN_CASE' } }); // prettier-ignore
    await report(orderId, 'lost');
    expect((await get(orderId)).body).toMatchObject({ status: 'lost', open_case: 'lost' });
    expect(await asStaff('POST', path, { resolution: 'refund', restock: false })).toMatchObject({
      status: 200,
    });
    await hear('payment.refunded', orderId, { refund_id: 'case-1', amount: 29.75, refunded_total: 29.75 });
    expect((await get(orderId)).body).toMatchObject({ status: 'refunded', refunded_total: 29.75 });
  });

  it('decide the case of a refused refund', async () => {
    const orderId = await shipped();
    const wish = { amount: 10, currency: 'EUR', reason: 'scratched' };
    await asStaff('POST', `/api/v1/orders/${orderId}/refunds`, wish);
    const [task] = await service.toolbox.stores.tasks.claim('order.refund', START, START, 1);
    const { refundKey } = (task?.payload ?? {}) as { readonly refundKey: string };
    await hear('payment.refund_failed', orderId, { refund_id: refundKey, amount: 10, reason: 'card_closed' });
    expect((await get(orderId)).body).toMatchObject({ status: 'shipped', open_case: 'refund_failed' });
    const path = `/api/v1/orders/${orderId}/case-resolution`;
    expect(await asStaff('POST', path, { resolution: 'reship' })).toMatchObject({ status: 409, body: { code: 'NOT_RESHIPPABLE' } }); // prettier-ignore
    expect((await asStaff('POST', path, { resolution: 'refund' })).status).toBe(200);
    expect((await get(orderId)).body.timeline.at(-1)).toMatchObject({
      detail: 'Refund of 10.00 EUR on its way',
    });
  });

  it('list orders by status; customers see only their own', async () => {
    const { body } = await place();
    const all = await asStaff('GET', '/api/v1/orders?status=pending');
    expect(all.body.items.map((item: { order_id: string }) => item.order_id)).toEqual([body.order_id]);
    expect(await asStaff('GET', '/api/v1/orders?cursor=zzz')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } }); // prettier-ignore
    const token = await service.toolbox.tokenOf(USER);
    expect(await service.send('GET', '/api/v1/orders', { token })).toMatchObject({ status: 403 });
    expect((await service.send('GET', `/api/v1/users/${USER}/orders`, { token })).body.items).toHaveLength(1);
    expect(await service.send('GET', `/api/v1/users/${STRANGER}/orders`, { token })).toMatchObject({
      status: 403,
    });
    expect(await service.send('GET', `/api/v1/users/${USER}/orders?cursor=zzz`, { token })).toMatchObject({
      status: 400,
    });
  });
});

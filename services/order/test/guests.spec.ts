import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { lettersOf, type Answered } from '#test/kit/http.ts';
import { ADDRESS, GUEST, GUEST_CART, GUEST_TOKEN, orderForEachTest, STRANGER, USER } from './order.rig.ts';

const { service, world, place, placeAsGuest, confirm, hear, report } = orderForEachTest();

const ask = async (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Answered> => service.send(method, path, { headers, ...(body && { body }) });

const withToken = (token: unknown) => ({ 'x-order-token': String(token) });

describe('a guest', () => {
  const quote = (body: object = {}, headers: Record<string, string> = { 'x-cart-token': GUEST_TOKEN }) =>
    ask('POST', '/api/v1/checkout/quote', headers, {
      shipping_address: ADDRESS,
      cart_id: GUEST_CART,
      ...body,
    });

  it('gets a quote for the cart whose token they have', async () => {
    expect(await quote()).toMatchObject({ status: 200, body: { cart_version: 3, subtotal: 20 } });
    expect(await quote({}, { 'x-cart-token': 'forged' })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await quote({}, {})).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(await quote({ cart_id: undefined })).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
  });

  it('orders at the quoted price, which another cart does not get', async () => {
    world.cart = { ...world.cart, cart_id: GUEST_CART };
    const { quote_token } = (await quote()).body as { readonly quote_token: string };
    world.offers = { items: [] };
    expect(await placeAsGuest({ quote_token, cart_id: STRANGER })).toMatchObject({
      body: { code: 'ITEM_NOT_SOLD' },
    });
    expect(await placeAsGuest({ quote_token })).toMatchObject({ status: 201 });
  });

  it('orders with name and address, and is no user', async () => {
    const { status, body } = await placeAsGuest();
    expect(status).toBe(201);
    expect(body.user_id).toBe(body.order_id);
    const [event] = await service.toolbox.announced();
    expect(event).toMatchObject({
      event_type: 'order.placed',
      payload: {
        customer: { user_id: body.order_id, email: 'gail@example.com', name: 'Gail Guest' },
        cart_id: GUEST_CART,
        order_token: body.order_token,
      },
    });
  });

  it('must say who they are, with a name that mails can contain', async () => {
    expect(await placeAsGuest({ customer: undefined })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_CUSTOMER', errors: [{ pointer: '/body/customer' }] },
    });
    for (const name of ['Visit www.shop.example', 'Gail\nBcc: x', 'a@b.example', 'Gail \u202eguest'])
      expect(await placeAsGuest({ customer: { ...GUEST, name } }), name).toMatchObject({
        status: 422,
        body: { code: 'INVALID_CUSTOMER', errors: [{ pointer: '/body/customer/name' }] },
      });
    for (const customer of [
      { ...GUEST, email: 'no address' },
      { ...GUEST, email: `${'a'.repeat(250)}@example.com` },
      { ...GUEST, name: ' ' },
      { ...GUEST, name: 'n'.repeat(202) },
      { ...GUEST, user_id: USER },
    ])
      expect(await placeAsGuest({ customer })).toMatchObject({ status: 400 });
  });

  it('orders each version of the cart once, and a retry gets the same answer', async () => {
    const key = { 'idempotency-key': 'the-only-one' };
    const first = await placeAsGuest({}, key);
    world.isDown = true;
    expect(lettersOf(await placeAsGuest({}, key))).toEqual(lettersOf(first));
    world.isDown = false;
    expect(await placeAsGuest({}, { 'idempotency-key': 'another-one' })).toMatchObject({
      status: 409,
      body: { code: 'CART_ALREADY_ORDERED' },
    });
  });

  it('gets no stored answer without the cart’s token', async () => {
    const key = { 'idempotency-key': 'the-only-one' };
    await placeAsGuest({}, key);
    expect(await placeAsGuest({}, { ...key, 'x-cart-token': 'forged' })).toMatchObject({ status: 403 });
  });
});

it('a user cannot order as a guest, and orders from their own cart, whatever cart token is sent', async () => {
  for (const [field, value] of Object.entries({ cart_id: GUEST_CART, customer: GUEST }))
    expect(await place({ [field]: value })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN', detail: expect.stringContaining(field) },
    });
  const { status, body } = await place({}, { 'x-cart-token': 'of some guest' });
  expect([status, body.user_id]).toEqual([201, USER]);
  expect(body).not.toHaveProperty('order_token');
  expect((await service.toolbox.announced())[0]?.payload).not.toHaveProperty('order_token');
});

describe('the token of an order', () => {
  it('gives access to the order, its progress and its cancellation', async () => {
    const { body } = await placeAsGuest();
    const path = `/api/v1/orders/${body.order_id}`;
    const token = withToken(body.order_token);
    expect(await ask('GET', path, token)).toMatchObject({ status: 200, body: { status: 'pending' } });
    const cancelled = await ask('PUT', `${path}/cancel`, token);
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect((await ask('GET', `${path}/events`, token)).body).toContain('"status":"cancelled"');
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'order.cancelled',
      payload: { reason: 'customer', actor: { kind: 'customer', user_id: body.order_id } },
    });
  });

  it('gives access to no other order', async () => {
    const { body: other } = await place();
    world.cart = { ...world.cart, version: 4 };
    const { body } = await placeAsGuest({ cart_version: 4 });
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/events'],
      ['PUT', '/cancel'],
    ] as const) {
      const url = `/api/v1/orders/${other.order_id}${path}`;
      expect(await ask(method, url, withToken(body.order_token))).toMatchObject({
        status: 404,
        body: { code: 'ORDER_NOT_FOUND' },
      });
      expect(await ask(method, url, withToken('forged'))).toMatchObject({ status: 404 });
      expect(await ask(method, url, {})).toMatchObject({ status: 401 });
    }
  });

  it('is for reading and cancelling only', async () => {
    const { body } = await placeAsGuest();
    const refund = { amount: 1, currency: 'EUR', reason: 'x' };
    const path = `/api/v1/orders/${body.order_id}`;
    expect((await ask('POST', `${path}/refunds`, withToken(body.order_token), refund)).status).toBe(401);
    expect((await ask('GET', `${path}/refund-quote`, withToken(body.order_token))).status).toBe(401);
  });

  it('expires after 180 days', async () => {
    const { body } = await placeAsGuest();
    service.toolbox.clock.advance(180 * DAY);
    const { status } = await ask('GET', `/api/v1/orders/${body.order_id}`, withToken(body.order_token));
    expect(status).toBe(404);
  });
});

describe('an order looked up by ID and address', () => {
  const lookUp = (order: unknown, email: string) => ask('POST', '/api/v1/orders/track', {}, { order, email });

  it('shows its progress, but nothing about goods and people', async () => {
    const { body } = await placeAsGuest();
    await confirm(body.order_id);
    await hear('payment.successful', body.order_id);
    await hear('shipment.created', body.order_id, { carrier: 'DHL', tracking_number: 'JD1' });
    await report(body.order_id, 'in_transit');
    const found = await lookUp(body.order_id, ' GAIL@example.com');
    expect(found).toMatchObject({ status: 200, body: { status: 'shipped', tracking_number: 'JD1' } });
    expect(found.body.progress.map(({ status }: { status: string }) => status)).toEqual([
      'pending',
      'confirmed',
      'shipped',
    ]);
    expect(Object.keys(found.body as object).sort()).toEqual([
      'carrier',
      'estimated_delivery',
      'placed_at',
      'progress',
      'status',
      'tracking_number',
    ]);
  });

  it('is not found with another address, as if it did not exist', async () => {
    const { body } = await placeAsGuest();
    const answers = await Promise.all([
      lookUp(body.order_id, 'other@example.com'),
      lookUp(STRANGER, 'gail@example.com'),
      lookUp('12345', 'gail@example.com'),
    ]);
    for (const { status, body: problem } of answers) {
      expect([status, problem.code]).toEqual([404, 'ORDER_NOT_FOUND']);
      expect(problem).toEqual(answers[0].body);
    }
  });
});

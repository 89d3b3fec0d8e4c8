import { describe, expect, it } from '@jest/globals';
import type { Answered } from '#test/kit/http.ts';
import { ADDRESS, orderForEachTest, USER } from './order.rig.ts';

const { service, world, place } = orderForEachTest();

describe('a checkout quote', () => {
  const quote = async (body: object = { shipping_address: ADDRESS }): Promise<Answered> =>
    service.send('POST', '/api/v1/checkout/quote', { token: await service.toolbox.tokenOf(USER), body });

  it('says what the cart would come to with each way of sending it', async () => {
    const { status, body } = await quote();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      cart_version: 3,
      currency: 'EUR',
      subtotal: 20,
      items: [{ name: 'Kettle (Red)', quantity: 2, price: 10, total: 20 }],
      options: [{ shipping_option_id: 'dhl:express', shipping: 5, tax: 4.75, total: 29.75 }],
    });
  });

  it('taxes by country, and by region where regions differ', async () => {
    const canary = await quote({ shipping_address: { ...ADDRESS, country: 'ES', region: 'CN' } });
    expect(canary.body.options[0].tax).toBe(1.75);
    const untaxed = await quote({ shipping_address: { ...ADDRESS, country: 'SG' } });
    expect(untaxed.body.options[0].total).toBe(25);
    for (const region of ['constructor', '__proto__']) {
      const unknown = await quote({ shipping_address: { ...ADDRESS, country: 'US', region } });
      expect(unknown).toMatchObject({ status: 200, body: { options: [{ tax: 0 }] } });
    }
  });

  it.each([
    ['CART_EMPTY', 409, () => (world.cart = { ...world.cart, items: [] })],
    ['ITEM_NOT_SOLD', 409, () => (world.offers = { items: [] })],
    ['NOT_DELIVERABLE', 422, () => (world.quotes = { items: [] })],
    ['CURRENCY_MISMATCH', 409, () => (world.cart = { ...world.cart, currency: 'USD' })],
  ])('is refused with %s', async (code, status, change) => {
    change();
    expect(await quote()).toMatchObject({ status, body: { code } });
  });

  it('answers 503 while a neighbour is down', async () => {
    world.isDown = true;
    expect(await quote()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });

  it('needs an address, and a user', async () => {
    expect(await quote({})).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(
      await service.send('POST', '/api/v1/checkout/quote', { body: { shipping_address: ADDRESS } }),
    ).toMatchObject({
      status: 401,
    });
  });
});

describe('placing an order', () => {
  it('answers the pending order', async () => {
    const { status, headers, body } = await place();
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/orders/${body.order_id}`);
    expect(body).toMatchObject({
      status: 'pending',
      total_amount: 29.75,
      tax_total: 4.75,
      items: [{ name: 'Kettle (Red)', quantity: 2, price: 10, tax: 3.8, total: 20 }],
      timeline: [{ status: 'pending', detail: 'Order placed' }],
    });
    expect(JSON.stringify(body)).not.toContain('tok_1');
  });

  it('is done once per Idempotency-Key, even when the cart is empty by then', async () => {
    const key = { 'idempotency-key': 'order-0001' };
    const first = await place({}, key);
    world.cart = { ...world.cart, version: 4, items: [] };
    const again = await place({}, key);
    expect(again).toMatchObject({ status: 201, body: { order_id: first.body.order_id } });
    expect(await place({ payment_token: 'other' }, key)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } }); // prettier-ignore
  });

  it('takes a version of a cart once', async () => {
    await place();
    expect(await place()).toMatchObject({ status: 409, body: { code: 'CART_ALREADY_ORDERED' } });
  });

  it.each([
    ['CART_CHANGED', { cart_version: 2 }],
    ['PRICE_CHANGED', { expected_total: 29.74 }],
    ['PRICE_CHANGED', { expected_total: 29.755 }],
    ['CURRENCY_MISMATCH', { currency: 'USD' }],
  ])('is refused with %s', async (code, changes) => {
    expect(await place(changes)).toMatchObject({ status: 409, body: { code } });
    expect(await service.toolbox.announced()).toEqual([]);
  });

  it('is refused when the way of sending is gone', async () => {
    expect(await place({ shipping_option_id: 'owl' })).toMatchObject({
      status: 422,
      body: { code: 'SHIPPING_OPTION_UNAVAILABLE' },
    });
  });

  it.each([
    { cart_version: -1 },
    { expected_total: -5 },
    { extra: 1 },
    { payment_token: '' },
    { shipping_address: {} },
  ])('is refused as not documented with %j', async (changes) => {
    expect(await place(changes)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });
});

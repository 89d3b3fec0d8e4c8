import { describe, expect, it } from 'vitest';
import { lettersOf } from '#test/kit/http.ts';
import { orderForEachTest, USER, VARIANT } from './order.rig.ts';

const METHOD = '01900000-0000-7000-8000-00000000000d';
const KEY = { 'idempotency-key': 'the-only-one' };

const { service, world, place } = orderForEachTest();

const pay = (changes: object = {}, headers: Record<string, string> = {}) =>
  place({ payment_token: undefined, payment_method_id: METHOD, ...changes }, headers);

describe('an order paid with a saved payment method', () => {
  it('gets a token of its own for the method of the customer', async () => {
    expect((await pay()).status).toBe(201);
    expect(world.methodsAsked).toEqual([`/internal/v1/users/${USER}/payment-methods/${METHOD}/token`]);
    const [placed] = await service.toolbox.announced();
    expect(placed).toMatchObject({ event_type: 'order.placed', payload: { payment_token: 'tok_saved' } });
    expect(JSON.stringify(placed)).not.toContain(METHOD);
  });

  it.each([
    [404, 'PAYMENT_METHOD_NOT_FOUND'],
    [409, 'PAYMENT_METHOD_EXPIRED'],
    [409, 'PAYMENT_METHOD_REFUSED'],
  ])('is refused if user answers %i %s', async (status, code) => {
    world.methodStatus = status;
    world.method = { code };
    expect(await pay()).toMatchObject({
      status: 422,
      body: { code, errors: [{ pointer: '/body/payment_method_id' }] },
    });
    expect(await service.toolbox.announced()).toEqual([]);
  });

  it('takes a token or a method, not both', async () => {
    expect(await pay({ payment_token: 'tok_1' })).toMatchObject({
      status: 400,
      body: {
        code: 'VALIDATION_FAILED',
        errors: [{ pointer: '/body/payment_token', message: 'must not be sent together with another field' }],
      },
    });
  });

  it('waits for the user service to return, without which only tokens pay', async () => {
    world.isUserDown = true;
    expect(await pay()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect((await place()).status).toBe(201);
  });

  it('is not refused by an answer of the user service that nobody expects', async () => {
    world.methodStatus = 403;
    world.method = { code: 'FORBIDDEN' };
    expect(await pay()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });

  it('is asked for last, when nothing else speaks against the order', async () => {
    expect(await pay({ expected_total: 1 })).toMatchObject({ body: { code: 'PRICE_CHANGED' } });
    expect(world.methodsAsked).toEqual([]);
  });

  it('needs no token if there is nothing to pay', async () => {
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-1', name: 'Kettle', price: 0, currency: 'EUR' }],
    };
    world.quotes = { items: [{ option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 0, currency: 'EUR', estimated_delivery: '2026-03-03' }] }; // prettier-ignore
    expect(await pay({ expected_total: 0 })).toMatchObject({ status: 201, body: { total_amount: 0 } });
    expect(world.methodsAsked).toEqual([]);
  });

  it('is returned to a retry, even if the method was removed since', async () => {
    const first = await pay({}, KEY);
    world.methodStatus = 404;
    world.method = { code: 'PAYMENT_METHOD_NOT_FOUND' };
    world.cart = { ...world.cart, version: 4, items: [] };
    expect(lettersOf(await pay({}, KEY))).toEqual(lettersOf(first));
    expect(world.methodsAsked).toHaveLength(1);
    expect(await place({}, KEY)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('is returned to a concurrent retry that finds the method removed', async () => {
    world.meanwhile = async () => {
      if (!world.calls.includes('method')) return;
      world.meanwhile = () => Promise.resolve();
      await pay({}, KEY);
      world.methodStatus = 404;
      world.method = { code: 'PAYMENT_METHOD_NOT_FOUND' };
    };
    expect((await pay({}, KEY)).status).toBe(201);
  });
});

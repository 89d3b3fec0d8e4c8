import { describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import type { Answered } from '#test/kit/http.ts';
import { ADDRESS, ITEM, orderForEachTest, PRODUCT, STRANGER, USER, VARIANT } from './order.rig.ts';

const rigOf = (env?: Readonly<Record<string, string>>) => {
  const rig = orderForEachTest(undefined, env);
  const { service, world, place } = rig;

  const quote = async (shipping_address: object = ADDRESS, userId = USER): Promise<Answered> =>
    service.send('POST', '/api/v1/checkout/quote', {
      token: await service.toolbox.tokenOf(userId),
      body: { shipping_address },
    });

  const quoteToken = async (...quoted: Parameters<typeof quote>): Promise<string> => {
    const { body } = await quote(...quoted);
    world.calls = [];
    return String(body.quote_token);
  };

  const raisePrices = (): void => {
    world.offers = {
      items: [{ variant_id: VARIANT, sku: 'K-2', name: 'Teapot', price: 11, currency: 'EUR' }],
    };
    world.quotes = { items: [{ option_id: 'ups:saver', carrier: 'UPS', service: 'Saver', price: 6, currency: 'EUR', estimated_delivery: '2026-03-04' }] }; // prettier-ignore
  };

  const placeWith = (quote_token: string, changes: object = {}, headers: Record<string, string> = {}) =>
    place({ quote_token, ...changes }, headers);

  return { ...rig, quote, quoteToken, raisePrices, placeWith };
};

const { service, world, quote, quoteToken, raisePrices, placeWith, place } = rigOf();
const elsewhere = rigOf();

const ALL_UPSTREAMS = ['cart', 'levels', 'offers', 'quotes'];

describe('an order with the token of its quote', () => {
  it('asks the cart and the inventory only', async () => {
    const token = await quoteToken();
    expect(await placeWith(token)).toMatchObject({ status: 201, body: { total_amount: 29.75 } });
    expect(world.calls.toSorted()).toEqual(['cart', 'levels']);
  });

  it('has the quoted prices, even if they have changed or the item is no longer sold', async () => {
    const token = await quoteToken();
    raisePrices();
    const { status, body } = await placeWith(token);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      total_amount: 29.75,
      tax_total: 4.75,
      items: [{ sku: 'K-1', name: 'Kettle (Red)', price: 10 }],
      shipping: { option_id: 'dhl:express', price: 5 },
    });
  });

  it('is placed while catalog and shipping are down', async () => {
    const token = await quoteToken();
    world.meanwhile = () =>
      ['offers', 'quotes'].includes(world.calls.at(-1) ?? '')
        ? Promise.reject(new Error('down'))
        : Promise.resolve();
    expect((await placeWith(token)).status).toBe(201);
  });

  it('must still match what the customer accepted, and what is in stock', async () => {
    const token = await quoteToken();
    expect((await placeWith(token, { expected_total: 29.74 })).body.code).toBe('PRICE_CHANGED');
    expect((await placeWith(token, { currency: 'USD' })).body.code).toBe('CURRENCY_MISMATCH');
    expect((await placeWith(token, { shipping_option_id: 'ups:saver' })).body.code).toBe('SHIPPING_OPTION_UNAVAILABLE'); // prettier-ignore
    expect((await placeWith(token, { cart_version: 2 })).body.code).toBe('CART_CHANGED');
    world.levels = { items: [{ variant_id: VARIANT, available: 1 }] };
    expect((await placeWith(token)).body.code).toBe('OUT_OF_STOCK');
  });

  it('is returned again for its Idempotency-Key, also after the token has expired', async () => {
    const token = await quoteToken();
    const key = { 'idempotency-key': 'order-0001' };
    const first = await placeWith(token, {}, key);
    world.cart = { ...world.cart, version: 4, items: [] };
    service.toolbox.clock.advance(11 * MINUTE);
    world.calls = [];
    expect(await placeWith(token, {}, key)).toMatchObject({ status: 201, body: { order_id: first.body.order_id } }); // prettier-ignore
    expect(world.calls).toEqual([]);
  });
});

describe('an order has current prices', () => {
  it('without a token', async () => {
    await quoteToken();
    await place();
    expect(world.calls.toSorted()).toEqual(ALL_UPSTREAMS);
  });

  it('from the moment that the quote is no longer valid', async () => {
    const { body } = await quote();
    const token = String(body.quote_token);
    expect(Date.parse(body.valid_until)).toBe(service.toolbox.clock.now().getTime() + 10 * MINUTE);
    raisePrices();
    service.toolbox.clock.advance(10 * MINUTE - 1);
    expect((await placeWith(token, { expected_total: 1 })).body.detail).toContain('29.75');
    service.toolbox.clock.advance(1);
    expect((await placeWith(token, { shipping_option_id: 'ups:saver' })).body.code).toBe('PRICE_CHANGED');
  });

  it.each<[string, () => Promise<string>]>([
    ['of garbage', () => Promise.resolve('garbage')],
    ['signed with another key', () => elsewhere.quoteToken()],
    ['of another customer', () => quoteToken(ADDRESS, STRANGER)],
    ['for another address', () => quoteToken({ ...ADDRESS, line1: 'Road 2' })],
    [
      'for another version of the cart',
      async () => {
        const { cart } = world;
        world.cart = { ...cart, version: 2 };
        const token = await quoteToken();
        world.cart = cart;
        return token;
      },
    ],
  ])('with a token %s', async (_, tokenOf) => {
    const token = await tokenOf();
    world.calls = [];
    expect((await placeWith(token)).status).toBe(201);
    expect(world.calls.toSorted()).toEqual(ALL_UPSTREAMS);
  });
});

it('a quote with names that are too long for a token has none', async () => {
  const variants = Array.from({ length: 100 }, (_, at) => VARIANT.slice(0, -2) + String(10 + at).slice(-2));
  world.cart = {
    ...world.cart,
    items: variants.map((variant_id) => ({ item_id: ITEM, product_id: PRODUCT, variant_id, sku: 'K-1', quantity: 1 })), // prettier-ignore
  };
  world.offers = {
    items: variants.map((variant_id) => ({ variant_id, sku: 'K-1', name: 'ä'.repeat(300), price: 1, currency: 'EUR' })), // prettier-ignore
  };
  const { status, body } = await quote();
  expect(status).toBe(200);
  expect(body).not.toHaveProperty('quote_token');
  expect(body).not.toHaveProperty('valid_until');
});

it('the longest token fits into a request with the longest addresses', async () => {
  const longest = {
    recipient: '字'.repeat(200),
    line1: '字'.repeat(200),
    line2: '字'.repeat(200),
    city: '字'.repeat(100),
    region: '字'.repeat(100),
    postal_code: '10115',
    country: 'DE',
    phone: '0'.repeat(40),
  };
  const company = '字'.repeat(200);
  const longestRest = { shipping_address: longest, billing_address: longest, company };
  expect((await placeWith('A'.repeat(65_536), longestRest)).status).toBe(201);
});

it('an empty token, or one longer than the largest, is refused before it is read', async () => {
  for (const token of ['', 'A'.repeat(65_537)])
    expect(await placeWith(token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(world.calls).toEqual([]);
});

describe('with ORDER_QUOTE_VALID_MS=0', () => {
  const rig = rigOf({ ORDER_QUOTE_VALID_MS: '0' });

  it('a quote has no token', async () => {
    const { status, body } = await rig.quote();
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('quote_token');
    expect(body).not.toHaveProperty('valid_until');
  });
});

import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, as, manager, create, sweep, announced } = catalogForEachTest();

const SALE = { code: 'SALE', name: 'Sale', currency: 'EUR' };

const send = async (
  method: string,
  path = '',
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answered> =>
  service.send(method, `/api/v1/price-lists${path}`, { token: await manager(), body, headers });

/** The variant's public prices, and those for carts and orders. */
const pricesOf = async (product: Answered) => {
  const { body } = await service.send('GET', `/api/v1/products/${idOf(product)}`);
  const [variant] = body.variants as readonly { variant_id: string }[];
  const offers = await service.send('POST', '/internal/v1/offers', {
    token: await service.toolbox.serviceToken('cart', 'offers:read'),
    body: { variant_ids: [variant?.variant_id] },
  });
  return { shown: variant, offered: offers.body.items[0] as unknown };
};

const priced = (prices: object) => ({
  variants: [{ sku: 'KET-RED', price: 19.99, currency: 'EUR', prices }],
});

describe('a price list', () => {
  it('is created, read, listed, changed and deleted', async () => {
    const created = await send('POST', '', { ...SALE, valid_from: '2026-12-24T00:00:00+01:00' });
    expect(created).toMatchObject({
      status: 201,
      body: { ...SALE, version: 1, priority: 10, valid_from: '2026-12-23T23:00:00.000Z' },
    });
    const path = `/${String(created.body.price_list_id)}`;
    expect(await send('GET', path)).toMatchObject({ status: 200, body: created.body });
    expect(await send('GET')).toMatchObject({ body: { items: [created.body] } });
    const changed = await send('PUT', path, { name: 'Winter', priority: 20 }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, name: 'Winter', priority: 20 } });
    expect(changed.body).not.toHaveProperty('valid_from');
    const stale = await send('PUT', path, { name: 'Summer' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect(await send('DELETE', path, undefined, { 'if-match': '"2"' })).toMatchObject({ status: 204 });
    expect(await send('GET', path)).toMatchObject({ status: 404, body: { code: 'PRICE_LIST_NOT_FOUND' } });
    expect(await send('GET')).toMatchObject({ body: { items: [] } });
  });

  it.each([
    ['of an unsupported currency', { currency: 'XXX' }],
    [
      'that would end before it begins',
      { valid_from: '2026-12-24T00:00:00Z', valid_until: '2026-12-24T00:00:00Z' },
    ],
  ])('%s is refused', async (_name, changes) => {
    expect(await send('POST', '', { ...SALE, ...changes })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_PRICE_LIST' },
    });
  });

  it.each(['0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01T00:00:00+99:99'])(
    'that would begin at %s is refused',
    async (time) => {
      expect(await send('POST', '', { ...SALE, valid_from: time })).toMatchObject({ status: 400 });
    },
  );

  it('cannot be changed to one that would never be valid', async () => {
    const { price_list_id: id } = (await send('POST', '', SALE)).body;
    const content = { name: 'Sale', valid_from: '2026-12-24T00:00:00Z', valid_until: '2026-12-23T00:00:00Z' };
    expect(await send('PUT', `/${String(id)}`, content)).toMatchObject({
      status: 422,
      body: { code: 'INVALID_PRICE_LIST' },
    });
  });

  it('has a code of its own', async () => {
    await send('POST', '', SALE);
    expect(await send('POST', '', SALE)).toMatchObject({ status: 409, body: { code: 'CODE_TAKEN' } });
  });

  it('does not exist before it is created', async () => {
    for (const [method, body] of [['GET'], ['PUT', { name: 'Sale' }], ['DELETE']] as const)
      expect(await send(method, `/${NOBODY}`, body)).toMatchObject({ status: 404 });
  });

  it('is the business of catalog managers', async () => {
    const customer = await as('customer');
    expect(await service.send('GET', '/api/v1/price-lists', { token: customer })).toMatchObject({
      status: 403,
    });
    expect(await service.send('GET', '/api/v1/price-lists')).toMatchObject({ status: 401 });
  });
});

describe('prices in lists', () => {
  it('apply to shoppers, carts and orders while their list is valid', async () => {
    const now = service.toolbox.clock.now().getTime();
    const at = (ms: number) => new Date(now + ms).toISOString();
    await send('POST', '', { ...SALE, valid_from: at(0), valid_until: at(60_000) });
    await send('POST', '', { code: 'US', name: 'USA', currency: 'USD' });
    const product = await create(priced({ SALE: 15, US: 21.5 }));
    const reduced = { price: 15, regular_price: 19.99, currency: 'EUR' };
    const abroad = { other_prices: [{ price: 21.5, currency: 'USD' }] };
    expect(await pricesOf(product)).toMatchObject({
      shown: { ...reduced, ...abroad },
      offered: { ...reduced, ...abroad },
    });
    expect(await service.send('GET', '/api/v1/products')).toMatchObject({
      body: { items: [{ price_from: 15, regular_price: 19.99, currency: 'EUR' }] },
    });
    service.toolbox.clock.advance(60_000);
    const { offered } = await pricesOf(product);
    expect(offered).toMatchObject({ price: 19.99, ...abroad });
    expect(offered).not.toHaveProperty('regular_price');
  });

  it('are shown and announced as soon as their list begins or ends', async () => {
    const now = service.toolbox.clock.now().getTime();
    const at = (ms: number) => new Date(now + ms).toISOString();
    await send('POST', '', { ...SALE, valid_from: at(60_000), valid_until: at(120_000) });
    const product = await create(priced({ SALE: 15 }));
    const shown = async (): Promise<unknown> =>
      (await service.send('GET', `/api/v1/products/${idOf(product)}`)).body.variants[0].price;
    expect(await shown()).toBe(19.99);
    for (const price of [15, 19.99]) {
      service.toolbox.clock.advance(60_000);
      await sweep();
      expect(await shown()).toBe(price);
    }
    const announced = (await service.toolbox.announced()).flatMap(({ payload }) =>
      'variants' in payload ? payload.variants.map(({ price }) => price) : [],
    );
    expect(announced).toEqual([19.99, 15, 19.99]);
  });

  it('follow changes of their list, and end with it', async () => {
    const { price_list_id: id } = (await send('POST', '', SALE)).body;
    const product = await create(priced({ SALE: 15 }));
    const past = new Date(service.toolbox.clock.now().getTime() - 1_000).toISOString();
    await send('PUT', `/${String(id)}`, { name: 'Sale', valid_until: past });
    await sweep();
    expect(await pricesOf(product)).toMatchObject({ shown: { price: 19.99 }, offered: { price: 19.99 } });
    await send('PUT', `/${String(id)}`, { name: 'Sale' });
    await sweep();
    expect(await pricesOf(product)).toMatchObject({ shown: { price: 15 }, offered: { price: 15 } });
    await send('DELETE', `/${String(id)}`);
    expect(await send('POST', '', SALE)).toMatchObject({ status: 409 });
    await sweep();
    expect(await pricesOf(product)).toMatchObject({ shown: { price: 19.99 }, offered: { price: 19.99 } });
    await sweep();
    expect(await announced()).toEqual([
      'product.created 1',
      'product.updated 2',
      'product.updated 3',
      'product.updated 4',
    ]);
    expect(await send('POST', '', SALE)).toMatchObject({ status: 201 });
  });

  it('stay when a product is changed without them', async () => {
    await send('POST', '', SALE);
    const product = await create(priced({ SALE: 15 }));
    const put = async (body: object) =>
      service.send('PUT', `/api/v1/products/${idOf(product)}`, { token: await manager(), body });
    const { variants: _, ...text } = (await service.send('GET', `/api/v1/products/${idOf(product)}`)).body;
    const { name, description, category, subcategory, brand } = text;
    const product2 = { name, description, category, subcategory, brand };
    const variant = { sku: 'KET-RED', price: 30, currency: 'EUR' };
    await put({ ...product2, variants: [variant] });
    expect((await pricesOf(product)).offered).toMatchObject({ price: 15, regular_price: 30 });
    await put({ ...product2, variants: [{ ...variant, prices: {} }] });
    expect((await pricesOf(product)).offered).toMatchObject({ price: 30 });
  });

  it('are refused in an unknown list', async () => {
    expect(await create(priced({ NONE: 15 }))).toMatchObject({
      status: 422,
      body: { code: 'INVALID_PRODUCT' },
    });
  });
});

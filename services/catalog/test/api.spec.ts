import { describe, expect, it } from 'vitest';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, kettle, NOBODY } from './catalog.rig.ts';

const { service, as, manager, create, change, announced } = catalogForEachTest();

describe('the rating of a product', () => {
  it('is part of its ETag, so that browsers ask for it, but not of its version: an edit is no conflict', async () => {
    const id = idOf(await create());
    const get = (): Promise<Answered> => service.send('GET', `/api/v1/products/${id}`);
    expect((await get()).headers.get('etag')).toBe('"1"');
    const rating = { product_id: id, version: 3, average: 4.5, count: 2 };
    for (const consumer of service.consumers)
      await consumer.handle([eventAbout(id, 'review.rating_changed', rating)]);
    const rated = await get();
    expect(rated.body).toMatchObject({ version: 1, rating: { average: 4.5, count: 2 } });
    expect(rated.headers.get('etag')).toBe('"1.3"');
    const list = await service.send('GET', '/api/v1/products');
    expect(list.body.items).toMatchObject([{ product_id: id, rating: { average: 4.5, count: 2 } }]);
    const former = '"1.2"';
    expect(await change(id, { name: 'Pot' }, former)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await change(id, { name: 'Pan' }, '"1.3"')).toMatchObject({ status: 412 });
    expect((await get()).headers.get('etag')).toBe('"2.3"');
  });
});

describe('creating a product', () => {
  it('returns it with its location and version, and publishes it', async () => {
    const answer = await create();
    expect(answer).toMatchObject({
      status: 201,
      body: {
        version: 1,
        name: 'Kettle',
        variants: [
          { sku: 'KET-RED', price: 19.99, currency: 'EUR', images: ['/red.svg'] },
          { sku: 'KET-BLUE', price: 24, attributes: { colour: 'Blue' }, images: [] },
        ],
        created_at: '2026-03-01T12:00:00.000Z',
      },
    });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('location')).toBe(`/api/v1/products/${idOf(answer)}`);
    expect(await service.toolbox.announced()).toMatchObject([
      { event_type: 'product.created', aggregate_id: idOf(answer), payload: { name: 'Kettle', version: 1 } },
    ]);
  });

  it('requires a catalogue manager', async () => {
    const post = async (token?: string): Promise<number> =>
      (await service.send('POST', '/api/v1/products', { body: kettle(), ...(token ? { token } : {}) }))
        .status;
    expect(await post()).toBe(401);
    expect(await post(await as('customer', 'order_manager'))).toBe(403);
    expect(await post(await as('admin'))).toBe(201);
  });

  it.each([
    ['no name', { name: '' }],
    ['no variant', { variants: [] }],
    ['an unknown field', { colour: 'red' }],
    ['a SKU that is none', { variants: [{ sku: 'red kettle', price: 1, currency: 'EUR' }] }],
    ['a negative price', { variants: [{ sku: 'KET-1', price: -1, currency: 'EUR' }] }],
    ['a price in words', { variants: [{ sku: 'KET-1', price: '1', currency: 'EUR' }] }],
    ['a specification that is no text', { specifications: { weight: 1 } }],
  ])('refuses a product with %s', async (_, changes) => {
    expect(await create(changes)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await announced()).toEqual([]);
  });

  it.each([
    ['costs more than an order can hold', [{ sku: 'KET-1', price: 10_000_000.01, currency: 'EUR' }]],
    ['costs what nobody can pay in', [{ sku: 'KET-1', price: 1, currency: 'XAF' }]],
    ['costs half a cent', [{ sku: 'KET-1', price: 0.005, currency: 'EUR' }]],
    ['costs half a yen', [{ sku: 'KET-1', price: 0.5, currency: 'JPY' }]],
    ['has a SKU twice', [1, 2].map((price) => ({ sku: 'KET-1', price, currency: 'EUR' }))],
    [
      'has two currencies',
      ['EUR', 'USD'].map((currency) => ({ sku: `KET-${currency}`, price: 1, currency })),
    ],
  ])('refuses a product that %s', async (_, variants) => {
    expect(await create({ variants })).toMatchObject({ status: 422, body: { code: 'INVALID_PRODUCT' } });
  });

  it('refuses a SKU of another product', async () => {
    await create();
    expect(await create({ name: 'Other' })).toMatchObject({ status: 409, body: { code: 'SKU_TAKEN' } });
    expect(await announced()).toEqual(['product.created 1']);
  });

  it('happens once per Idempotency-Key', async () => {
    const first = await create({}, { 'idempotency-key': 'key-12345' });
    const again = await create({}, { 'idempotency-key': 'key-12345' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await announced()).toEqual(['product.created 1']);
    expect(await create({ name: 'Other' }, { 'idempotency-key': 'key-12345' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('returns the original response to a retry, even if the product was changed or deleted since', async () => {
    const first = await create({}, { 'idempotency-key': 'key-12345' });
    const again = (): Promise<Answered> => create({}, { 'idempotency-key': 'key-12345' });
    await change(idOf(first), { name: 'Better kettle' });
    const changed = await again();
    expect(changed).toMatchObject({ status: 201, body: first.body });
    expect(changed.headers.get('etag')).toBe('"1"');
    expect(changed.headers.get('location')).toBe(first.headers.get('location'));
    await service.send('DELETE', `/api/v1/products/${idOf(first)}`, { token: await manager() });
    expect(await again()).toMatchObject({ status: 201, body: first.body });
    expect((await service.send('GET', `/api/v1/products/${idOf(first)}`)).status).toBe(404);
  });
});

describe('a product', () => {
  it('is public, with its version', async () => {
    const created = await create();
    const answer = await service.send('GET', `/api/v1/products/${idOf(created)}`);
    const { status: _, ...body } = created.body as object & { status: unknown };
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual(body);
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('is not found if it does not exist', async () => {
    expect(await service.send('GET', `/api/v1/products/${NOBODY}`)).toMatchObject({
      status: 404,
      body: { code: 'PRODUCT_NOT_FOUND' },
    });
    expect(await service.send('GET', '/api/v1/products/nonsense')).toMatchObject({ status: 400 });
  });

  it('can be changed: variants keep their identity by SKU', async () => {
    const created = await create();
    const [red] = created.body.variants;
    const variants = ['KET-RED', 'KET-BLACK'].map((sku) => ({ sku, price: 9.99, currency: 'EUR' }));
    const answer = await change(idOf(created), { name: 'Cheap kettle', variants }, '"1"');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        version: 2,
        name: 'Cheap kettle',
        variants: [{ variant_id: red.variant_id, price: 9.99 }, { sku: 'KET-BLACK' }],
      },
    });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await announced()).toEqual(['product.created 1', 'product.updated 2']);
  });

  it('can be changed with its current version, or without If-Match', async () => {
    const id = idOf(await create());
    expect((await change(id, { name: 'B' })).status).toBe(200);
    expect((await change(id, { name: 'C' }, '*')).status).toBe(200);
    expect(await change(id, { name: 'D' }, '"1"')).toMatchObject({
      status: 412,
      body: { code: 'PRECONDITION_FAILED' },
    });
    expect(await announced()).toHaveLength(3);
  });

  it('cannot become invalid, or get a SKU of another product', async () => {
    const id = idOf(await create());
    await create({ variants: [{ sku: 'POT-1', price: 1, currency: 'EUR' }] });
    const foreign = [{ sku: 'KET-RED', price: 1, currency: 'XAF' }];
    expect(await change(id, { variants: foreign })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_PRODUCT' },
    });
    const half = [{ sku: 'KET-RED', price: 0.005, currency: 'EUR' }];
    expect(await change(id, { variants: half })).toMatchObject({ status: 422 });
    const taken = [{ sku: 'POT-1', price: 1, currency: 'EUR' }];
    expect(await change(id, { variants: taken })).toMatchObject({ status: 409, body: { code: 'SKU_TAKEN' } });
    expect(await change(NOBODY, {})).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
  });

  it('is changed and deleted by catalogue managers only', async () => {
    const path = `/api/v1/products/${idOf(await create())}`;
    const token = await as('customer');
    expect((await service.send('PUT', path, { token, body: kettle() })).status).toBe(403);
    expect((await service.send('DELETE', path, { token })).status).toBe(403);
    expect((await service.send('DELETE', path)).status).toBe(401);
  });
});

describe('a picture of the sample', () => {
  it('is served unchanged, and cannot run scripts', async () => {
    const answer = await service.send('GET', '/media/samples/laptop~b9c0c7~Aerion-14.svg');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.body).toContain('>Aerion 14</text>');
  });

  it.each(['nothing.svg', '..%2Fcatalogue.jsonl'])('does not exist as %s', async (name) => {
    expect(await service.send('GET', `/media/samples/${name}`)).toMatchObject({
      status: 404,
      body: { code: 'PICTURE_NOT_FOUND' },
    });
  });
});

describe('other services', () => {
  const ask = async (scope: string, path: string, body: object, caller = 'cart'): Promise<Answered> =>
    service.send('POST', path, { token: await service.toolbox.serviceToken(caller, scope), body });

  it('ask for the current prices of variants', async () => {
    const [red, blue] = (await create()).body.variants;
    const answer = await ask('offers:read', '/internal/v1/offers', {
      variant_ids: [red.variant_id, blue.variant_id, NOBODY],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.items).toHaveLength(2);
    expect(answer.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Kettle (Red)', price: 19.99, currency: 'EUR', image: '/red.svg' }),
        expect.objectContaining({ name: 'Kettle (Blue)', price: 24 }),
      ]),
    );
  });

  it('ask which products customers see', async () => {
    const id = idOf(await create());
    const others = kettle().variants.map(({ sku }) => ({ sku: `${sku}-2`, price: 1, currency: 'EUR' }));
    const draft = idOf(await create({ status: 'draft', variants: others }));
    const body = { product_ids: [id.toUpperCase(), draft, NOBODY] };
    const path = '/internal/v1/visible-products';
    expect((await ask('products:read', path, body, 'review')).body).toEqual({ product_ids: [id] });
    expect((await ask('products:read', path, body)).status).toBe(403);
  });

  it('ask what products are called, also those that customers do not see', async () => {
    const [variant] = kettle().variants;
    const { body } = await create({ status: 'draft', variants: [variant] });
    const ids = [String(body.product_id).toUpperCase(), String(body.product_id), NOBODY];
    const path = '/internal/v1/product-descriptions';
    const answer = await ask('products:read', path, { product_ids: ids }, 'inventory');
    expect(answer.body).toEqual({
      items: [
        {
          product_id: body.product_id,
          name: body.name,
          category_ids: expect.any(Array),
          category_path: [body.category, body.subcategory],
          variants: [
            {
              variant_id: body.variants[0].variant_id,
              sku: variant?.sku,
              attributes: body.variants[0].attributes,
              image: body.variants[0].images[0],
            },
          ],
        },
      ],
    });
    expect((await ask('products:read', path, { product_ids: ids }, 'review')).status).toBe(403);
  });

  it('need the scope; users are refused', async () => {
    const body = { variant_ids: [NOBODY] };
    expect(await ask('views:write', '/internal/v1/offers', body)).toMatchObject({ status: 403 });
    const token = await as('admin');
    expect(await service.send('POST', '/internal/v1/offers', { token, body })).toMatchObject({ status: 403 });
    expect(await service.send('POST', '/internal/v1/offers', { body })).toMatchObject({ status: 401 });
  });
});

import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, idOf, NOBODY } from './catalog.rig.ts';

const { service, as, create, act, announced } = catalogForEachTest();

const duplicate = (id: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
  act('POST', id, '/duplicate', { body, headers });
const skusOf = ({ body }: Answered): readonly string[] =>
  (body.variants as readonly { sku: string }[]).map(({ sku }) => sku);

describe('a copy of a product', () => {
  it('is a draft with its data, under SKUs and IDs of its own', async () => {
    const original = await create({ publish_at: '2026-03-01T13:00:00Z' });
    const copy = await duplicate(idOf(original));
    expect(copy).toMatchObject({
      status: 201,
      body: {
        version: 1,
        name: 'Kettle (copy)',
        status: 'draft',
        tags: ['hot'],
        specifications: { weight: '1 kg' },
        variants: [
          { sku: 'KET-RED-COPY', price: 19.99, images: ['/red.svg'] },
          { sku: 'KET-BLUE-COPY', price: 24 },
        ],
      },
    });
    expect(copy.body).not.toHaveProperty('publish_at');
    expect(copy.headers.get('location')).toBe(`/api/v1/products/${idOf(copy)}`);
    const ids = [original, copy].flatMap(({ body }) =>
      (body.variants as readonly { variant_id: string }[]).map(({ variant_id }) => variant_id),
    );
    expect(new Set([idOf(original), idOf(copy), ...ids]).size).toBe(6);
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'product.created',
      payload: { visible: false, variants: [{ initial_stock: 0 }, { initial_stock: 0 }] },
    });
  });

  it('gets the first free suffix for all of its SKUs, or those that are given', async () => {
    const id = idOf(await create());
    await duplicate(id);
    expect(skusOf(await duplicate(id))).toEqual(['KET-RED-COPY-2', 'KET-BLUE-COPY-2']);
    const named = await duplicate(id, { name: 'Pot', skus: { 'KET-RED': 'POT-1' } });
    expect([named.body.name, ...skusOf(named)]).toEqual(['Pot', 'POT-1', 'KET-BLUE-COPY-3']);
  });

  it.each([
    ['belong to another product', { 'KET-RED': 'KET-BLUE' }, 409, 'SKU_TAKEN'],
    ['are no SKUs of the product', { 'POT-1': 'POT-2' }, 422, 'INVALID_PRODUCT'],
    ['occur twice', { 'KET-RED': 'POT-1', 'KET-BLUE': 'POT-1' }, 422, 'INVALID_PRODUCT'],
    ['are not valid', { 'KET-RED': 'pot' }, 400, 'VALIDATION_FAILED'],
  ])('is refused if the given SKUs %s', async (_, skus, status, code) => {
    expect(await duplicate(idOf(await create()), { skus })).toMatchObject({ status, body: { code } });
    expect(await announced()).toHaveLength(1);
  });

  it('needs a SKU where a suffix makes it too long', async () => {
    const sku = 'K'.repeat(36);
    const id = idOf(await create({ variants: [{ sku, price: 1, currency: 'EUR' }] }));
    expect(await duplicate(id)).toMatchObject({ status: 422, body: { code: 'INVALID_PRODUCT' } });
    expect((await duplicate(id, { skus: { [sku]: 'SHORT' } })).status).toBe(201);
  });

  it('has a name of at most 300 characters', async () => {
    const { body } = await duplicate(idOf(await create({ name: '🦜'.repeat(300) })));
    expect(Array.from(String(body.name))).toHaveLength(300);
  });

  it('is made once per Idempotency-Key', async () => {
    const id = idOf(await create());
    const first = await duplicate(id, {}, { 'idempotency-key': 'key-12345' });
    const again = await duplicate(id, {}, { 'idempotency-key': 'key-12345' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await announced()).toHaveLength(2);
  });

  it('is not made of a product in the trash, of none, or for customers', async () => {
    const id = idOf(await create());
    expect((await act('POST', id, '/duplicate', { body: {}, token: await as('customer') })).status).toBe(403);
    await act('DELETE', id);
    expect(await duplicate(id)).toMatchObject({ status: 409, body: { code: 'PRODUCT_IN_TRASH' } });
    expect((await duplicate(NOBODY)).status).toBe(404);
  });
});

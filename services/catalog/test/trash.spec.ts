import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { catalogForEachTest, idOf, kettle, NOBODY } from './catalog.rig.ts';

const { service, as, manager, create, change, act, announced, sweep } = catalogForEachTest();

const isPublic = async (id: string): Promise<boolean> =>
  (await service.send('GET', `/api/v1/products/${id}`)).status === 200;

describe('a product that is deleted', () => {
  it('is hidden from customers, but keeps its SKUs', async () => {
    const id = idOf(await create());
    expect(await act('DELETE', id, '', { ifMatch: '"9"' })).toMatchObject({ status: 412 });
    expect(await act('DELETE', id, '', { ifMatch: '"1"' })).toMatchObject({ status: 204, body: '' });
    expect(await isPublic(id)).toBe(false);
    expect((await service.send('GET', '/api/v1/products')).body.items).toEqual([]);
    expect((await create()).body.code).toBe('SKU_TAKEN');
    expect(await service.toolbox.announced()).toMatchObject([
      { event_type: 'product.created' },
      { event_type: 'product.updated', aggregate_version: 2, payload: { version: 2, visible: false } },
    ]);
  });

  it('stays in the trash when it is deleted again', async () => {
    const id = idOf(await create());
    await act('DELETE', id);
    expect((await act('DELETE', id)).status).toBe(204);
    expect(await announced()).toEqual(['product.created 1', 'product.updated 2']);
    expect((await act('DELETE', NOBODY)).body.code).toBe('PRODUCT_NOT_FOUND');
  });

  it('cannot be changed, also not by an import', async () => {
    const id = idOf(await create());
    await act('DELETE', id);
    expect(await change(id, {})).toMatchObject({ status: 409, body: { code: 'PRODUCT_IN_TRASH' } });
    const answer = await service.send('POST', '/api/v1/products/imports', {
      token: await manager(),
      headers: { 'content-type': 'application/x-ndjson' },
      body: JSON.stringify(kettle({ name: 'Better kettle' })),
    });
    expect(answer.body).toMatchObject({ rejected: 1, rows: [{ errors: [expect.any(String)] }] });
    expect(await announced()).toHaveLength(2);
  });

  it('can be restored as it was', async () => {
    const [published, draft] = [
      idOf(await create()),
      idOf(await create({ status: 'draft', variants: [{ sku: 'POT-1', price: 1, currency: 'EUR' }] })),
    ];
    for (const id of [published, draft]) await act('DELETE', id);
    expect((await act('POST', published, '/restore', { ifMatch: '"1"' })).status).toBe(412);
    const restored = await act('POST', published, '/restore', { ifMatch: '"2"' });
    expect(restored).toMatchObject({ status: 200, body: { version: 3, status: 'published' } });
    expect(restored.headers.get('etag')).toBe('"3"');
    expect(restored.body).not.toHaveProperty('deleted_at');
    expect((await act('POST', draft, '/restore')).body).toMatchObject({ version: 3, status: 'draft' });
    expect([await isPublic(published), await isPublic(draft)]).toEqual([true, false]);
    expect((await service.toolbox.announced()).at(-2)?.payload).not.toHaveProperty('visible');
  });

  it('cannot be restored unless it is in the trash', async () => {
    const id = idOf(await create());
    expect(await act('POST', id, '/restore')).toMatchObject({
      status: 409,
      body: { code: 'PRODUCT_NOT_IN_TRASH' },
    });
    expect((await act('POST', NOBODY, '/restore')).status).toBe(404);
  });

  it('can be deleted permanently, which frees its SKUs', async () => {
    const id = idOf(await create());
    const purge = (ifMatch?: string) =>
      act('DELETE', id, '?permanently=true', ifMatch === undefined ? {} : { ifMatch });
    expect(await purge()).toMatchObject({ status: 409, body: { code: 'PRODUCT_NOT_IN_TRASH' } });
    await act('DELETE', id);
    expect((await purge('"1"')).status).toBe(412);
    expect((await purge('"2"')).status).toBe(204);
    expect((await purge()).status).toBe(404);
    expect((await act('POST', id, '/restore')).status).toBe(404);
    expect(await announced()).toEqual(['product.created 1', 'product.updated 2', 'product.deleted 3']);
    expect((await create()).status).toBe(201);
  });

  it('is deleted permanently after 30 days, unless it was restored', async () => {
    const [gone, kept] = [
      idOf(await create()),
      idOf(await create({ variants: [{ sku: 'POT-1', price: 1, currency: 'EUR' }] })),
    ];
    for (const id of [gone, kept]) await act('DELETE', id);
    service.toolbox.clock.advance(30 * DAY - 1);
    await act('POST', kept, '/restore');
    await sweep();
    expect((await announced()).filter((event) => event.startsWith('product.deleted'))).toEqual([]);
    service.toolbox.clock.advance(1);
    await sweep();
    await sweep();
    expect((await announced()).filter((event) => event.startsWith('product.deleted'))).toEqual([
      'product.deleted 3',
    ]);
    expect((await act('POST', gone, '/restore')).status).toBe(404);
    expect(await isPublic(kept)).toBe(true);
  });

  it('is deleted and restored by catalogue managers only', async () => {
    const id = idOf(await create());
    const token = await as('customer', 'order_manager');
    for (const [method, path] of [
      ['DELETE', '?permanently=true'],
      ['POST', '/restore'],
    ] as const)
      // prettier-ignore
      expect((await act(method, id, path, { token })).status).toBe(403);
  });
});

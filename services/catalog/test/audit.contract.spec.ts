import { describe, expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import type { Answered } from '#test/kit/http.ts';
import { storesWith } from '#test/kit/toolbox.ts';
import { catalog } from '../main/module.ts';
import { catalogForEachTest, idOf, kettle } from './catalog.rig.ts';
import { importsOf } from './imports.rig.ts';

/** PGlite takes the SQL of PostgreSQL, and longer to start than these tests take. */
const STORES = storesWith('mongo').filter((store) => store !== 'pglite');

describe.each(STORES)('in %s, the audit trail', (store) => {
  const { service, manager, create, change, act } = catalogForEachTest(store);
  const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answered> =>
    service.send(method, `/api/v1${path}`, {
      token: await manager(),
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const pot = (sku: string, name = 'Pot') =>
    kettle({ name, variants: [{ sku, price: 30, currency: 'EUR' }] });

  it('tells what a manager has changed in a product, and why', async () => {
    const id = idOf(await create());
    const reason = { 'audit-reason': 'f%C3%BCr 50 % mehr' };
    await ask('PUT', `/products/${id}`, kettle({ name: 'Red kettle' }), reason);
    expect((await service.toolbox.audited()).at(-1)?.payload).toEqual({
      service: 'catalog',
      actor_id: 'u-1',
      operation: 'updateProduct',
      category: 'catalogue',
      reason: 'f%C3%BCr 50 % mehr', // as it was sent, because it is not well encoded
      subject: { kind: 'product', id },
      before: { version: 1, name: 'Kettle' },
      after: { version: 2, name: 'Red kettle' },
    });
    await ask('PUT', `/products/${id}`, kettle(), { 'audit-reason': 'f%C3%BCr%20alle' });
    expect((await service.toolbox.audited()).at(-1)?.payload.reason).toBe('für alle');
  });

  it('has each operation on products', async () => {
    const id = idOf(await create({ name: 'Can', variants: [{ sku: 'CAN-1', price: 5, currency: 'EUR' }] }));
    await change(id, { name: 'Big can', variants: [{ sku: 'CAN-1', price: 5, currency: 'EUR' }] });
    await ask('PATCH', '/variants', { items: [{ sku: 'CAN-1', price: 6 }] });
    await act('DELETE', id);
    await act('POST', id, '/restore');
    await act('POST', id, '/duplicate', { body: {} });
    await act('DELETE', id);
    await act('DELETE', id, '?permanently=true');
    const jsonl = { 'content-type': 'application/x-ndjson' };
    await ask('POST', '/products/imports', JSON.stringify(pot('POT-1')), jsonl);
    const variant = expect.objectContaining({ sku: 'CAN-1' });
    const acts = await actsIn(service.toolbox);
    expect(acts.filter(({ did }) => did.endsWith(': product'))).toEqual([
      { did: 'createProduct: product', after: expect.objectContaining({ name: 'Can', variants: [variant] }) },
      {
        did: 'updateProduct: product',
        before: { version: 1, name: 'Can' },
        after: { version: 2, name: 'Big can' },
      },
      {
        did: 'changeVariants: product',
        before: { version: 2, variants: [variant] },
        after: { version: 3, variants: [variant] },
      },
      {
        did: 'deleteProduct: product',
        before: { version: 3 },
        after: expect.objectContaining({ version: 4, deletedAt: expect.any(String) }),
      },
      {
        did: 'restoreProduct: product',
        before: expect.objectContaining({ version: 4, deletedAt: expect.any(String) }),
        after: { version: 5 },
      },
      { did: 'duplicateProduct: product', after: expect.objectContaining({ name: 'Big can (copy)' }) },
      expect.objectContaining({ did: 'deleteProduct: product' }),
      { did: 'deleteProduct: product', before: expect.objectContaining({ name: 'Big can', version: 6 }) },
      { did: 'importProducts: product', after: expect.objectContaining({ name: 'Pot' }) },
    ]);
  });

  it('has each other operation, and none that a job does for staff', async () => {
    const product = idOf(await create(pot('POT-1')));
    for (const [path, key, body] of [
      ['/categories', 'category_id', { name: 'Garden' }],
      ['/price-lists', 'price_list_id', { code: 'US', name: 'USA', currency: 'USD' }],
      ['/collections', 'collection_id', { name: 'Gifts', kind: 'manual' }],
    ] as const) {
      const { body: made } = await ask('POST', path, body);
      const id = String(made[key]);
      const { code: _, currency: __, ...content } = { code: '', currency: '', ...body };
      expect((await ask('PUT', `${path}/${id}`, { ...content, name: 'Other' })).status).toBe(200);
      expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204);
    }
    const imports = importsOf(service);
    const done = await imports.importFile(JSON.stringify(pot('POT-2', 'Pan')), { file_name: 'pots.jsonl' });
    expect(done.body).toMatchObject({ state: 'done', counts: { created: 1 } });
    const waiting = await imports.upload('sku');
    await imports.ask('POST', `/${waiting}/cancel`);
    await imports.ask('DELETE', `/${waiting}`);
    const edit = async () =>
      ask('POST', '/bulk-edits', { product_ids: [product], edits: { add_tags: ['new'] } });
    await edit();
    await imports.work();
    const { body: cancelled } = await edit();
    await ask('POST', `/bulk-edits/${String(cancelled.bulk_edit_id)}/cancel`);

    const acts = await actsIn(service.toolbox);
    expect(acts).toContainEqual({
      did: 'changeCategory: category',
      before: { version: 1, edition: 1, name: 'Garden' },
      after: { version: 2, edition: 2, name: 'Other' },
    });
    expect(acts).toContainEqual({
      did: 'deletePriceList: price_list',
      before: { version: 2, edition: 2 },
      after: { version: 3, edition: 3, isDeleted: true },
    });
    expect(acts.filter(({ did }) => did.endsWith(': product'))).toHaveLength(1);
    const ofProducts = ['updateProduct', 'changeVariants', 'deleteProduct', 'restoreProduct', 'duplicateProduct', 'importProducts']; // prettier-ignore
    expect([...(await operationsIn(service.toolbox)), ...ofProducts].sort()).toEqual(
      auditedOperations(catalog),
    );
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';
import { fakeInventory } from './stock.rig.ts';

const inventory = fakeInventory();
const service = serviceForEachTest(catalog, { clients: { inventory: inventory.client } });
const { ask, upload, check, importFile, rejected } = importsOf(service, 'inventory_manager');

const HEAD = 'handle,name,category,subcategory,brand,sku,price,currency';
const product = (handle: string, ...skus: readonly string[]): readonly string[] =>
  skus.map((sku) => `${handle},Kettle,Kitchen,Kettles,Maker,${sku},19.99,EUR`);
const PRODUCTS = [...product('a', 'A-1', 'A-2', 'A-3'), ...product('b', 'B-1')];
const counts = { created: 0, updated: 0, unchanged: 0, rejected: 0, stock_adjusted: 0 };

beforeEach(async () => {
  inventory.reset();
  await importFile([HEAD, ...PRODUCTS].join('\n'));
});

describe('stock adjustments in an import', () => {
  it('are made for the SKUs of rows that are stored, also if their products stay as they are', async () => {
    inventory.units.set('A-2', 5);
    const done = await importFile(
      'SKU;Stock adjustment;Adjustment reason;price\nA-1;20;Delivery 4711;19.99\nA-2;-3;;19.99\nA-3;0;;19.99\nB-1;;;25',
    );
    expect(done.body).toMatchObject({
      state: 'done',
      expected: { ...counts, updated: 1, unchanged: 3, stock_adjusted: 2 },
      counts: { ...counts, updated: 1, unchanged: 3, stock_adjusted: 2 },
      stock_pending: 0,
    });
    expect(inventory.made()).toMatchObject([
      { sku: 'A-1', delta: 20, reason: 'Delivery 4711', adjusted_by: 'u-1' },
      { sku: 'A-2', delta: -3, reason: 'Import of products.csv', adjusted_by: 'u-1' },
    ]);
  });

  it('are made for the variants of a line of JSON', async () => {
    const variants = [
      { sku: 'A-1', stock_adjustment: 2, stock_adjustment_reason: 'Counted' },
      { sku: 'A-2' },
      { sku: 'A-3', stock_adjustment: 1 },
    ];
    const done = await importFile(JSON.stringify({ variants }), { file_name: 'stock.jsonl' });
    expect(done.body.counts).toEqual({ ...counts, unchanged: 1, stock_adjusted: 2 });
    expect(inventory.made()).toMatchObject([
      { sku: 'A-1', reason: 'Counted' },
      { sku: 'A-3', reason: 'Import of stock.jsonl' },
    ]);
  });

  it('are rejected with their rows if they are invalid, or if the SKU is new', async () => {
    const head = `${HEAD},stock_adjustment`;
    const [a1 = '', a2 = '', a3 = '', b1 = ''] = PRODUCTS;
    const [c1 = ''] = product('c', 'C-1');
    const file = [head, `${a1},1.5`, `${a2},1000001`, `${a3},many`, `${b1},4`, `${c1},4`].join('\n');
    const id = await upload(file);
    expect((await check(id)).body.expected).toEqual({
      ...counts,
      unchanged: 1,
      rejected: 4,
      stock_adjusted: 1,
    });
    expect(await rejected(id)).toMatchObject([
      { line: 2, errors: [{ column: 'stock_adjustment', message: 'must be integer' }] },
      { line: 3, errors: [{ column: 'stock_adjustment', message: 'must be <= 1000000' }] },
      { line: 4, errors: [{ column: 'stock_adjustment', message: 'must be integer' }] },
      { line: 6, errors: [{ message: 'C-1 is new: its stock is initial_stock, not an adjustment.' }] },
    ]);
    expect(inventory.made()).toEqual([]);

    const update = await upload('sku,stock_adjustment\nC-1,4', { mode: 'update' });
    await check(update);
    expect(await rejected(update)).toMatchObject([
      { line: 2, errors: [{ message: 'There is no product with the SKU C-1.' }] },
    ]);
  });

  it('are not what initial_stock says: what was sold is not set back', async () => {
    const file = [`${HEAD},initial_stock`, ...PRODUCTS.map((row) => `${row},5`)].join('\n');
    expect((await importFile(file)).body.counts).toEqual({ ...counts, unchanged: 2 });
    expect(inventory.made()).toEqual([]);
  });

  it('are not in exports', async () => {
    const token = await service.toolbox.tokenOf('u-1', 'catalog_manager');
    for (const format of ['csv', 'jsonl']) {
      const { body } = await service.send('GET', `/api/v1/exports/products?format=${format}`, { token });
      const again = await importFile(body, { file_name: `all.${format}` });
      expect(again.body.counts).toEqual({ ...counts, unchanged: 2 });
    }
    expect(inventory.made()).toEqual([]);
  });
});

describe('who starts an import that adjusts stock', () => {
  const clerk = importsOf(service);
  const LINE = JSON.stringify({ variants: [{ sku: 'A-1', stock_adjustment: 2 }] });

  it('must also be an inventory manager', async () => {
    for (const [file, settings] of [
      ['sku,stock_adjustment\nA-1,2', {}],
      [LINE, { file_name: 'stock.jsonl' }],
    ] as const) {
      const id = await clerk.upload(file, settings);
      expect((await clerk.check(id)).body.expected.stock_adjusted).toBe(1);
      expect(await clerk.start(id)).toMatchObject({ status: 403, body: { code: 'STOCK_FORBIDDEN' } });
      expect(inventory.made()).toEqual([]);
      expect(await ask('POST', `/${id}/start`)).toMatchObject({ status: 202 });
      await ask('POST', `/${id}/cancel`);
    }
  });

  it('need not be one if the column is ignored', async () => {
    const id = await clerk.upload('sku,stock_adjustment\nA-1,2');
    await clerk.check(id, { stock_adjustment: null });
    expect((await clerk.start(id)).body.counts).toEqual({ ...counts, unchanged: 1 });
    expect(inventory.made()).toEqual([]);
  });

  it('does so only with an import in the background', async () => {
    const token = await service.toolbox.tokenOf('u-1', 'admin');
    const post = (body: string, type: string) =>
      service.send('POST', '/api/v1/products/imports', { token, body, headers: { 'content-type': type } });
    for (const report of [
      await post('sku,stock_adjustment\nA-1,2\nB-1,', 'text/csv'),
      await post(`${LINE}\n${JSON.stringify({ variants: [{ sku: 'B-1' }] })}`, 'application/x-ndjson'),
    ])
      expect(report.body).toMatchObject({
        unchanged: 1,
        rejected: 1,
        rows: [{ errors: [expect.stringMatching(/^Stock is adjusted only by/)] }, {}],
      });
    expect(inventory.made()).toEqual([]);
  });
});

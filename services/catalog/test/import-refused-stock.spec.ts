import { beforeEach, describe, expect, it } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';
import { fakeInventory } from './stock.rig.ts';

const inventory = fakeInventory();
const service = serviceForEachTest(catalog, { clients: { inventory: inventory.client } });
const { ask, importFile, rejected } = importsOf(service, 'inventory_manager');

const HEAD = 'handle,name,category,subcategory,brand,sku,price,currency,stock_adjustment';
const row = (sku: string, delta: number | string, price = '19.99'): string =>
  `${sku.charAt(0)},Kettle,Kitchen,Kettles,Maker,${sku},${price},EUR,${delta}`;
const file = (...rows: readonly string[]): string => [HEAD, ...rows].join('\n');
const WHY = 'A-2 is saved, but its stock was not adjusted: 2 units are reserved.';

beforeEach(async () => {
  inventory.reset();
  await importFile(file(row('A-1', ''), row('A-2', ''), row('A-3', ''), row('B-1', '')));
});

describe('a stock adjustment that the inventory refuses', () => {
  const rejectedFile = async (id: string): Promise<string> =>
    (await ask('GET', `/${id}/rejected-file`)).body as string;
  /** The prices of the product with three variants. */
  const prices = async (): Promise<readonly number[]> => {
    const { items } = (await service.send('GET', '/api/v1/products')).body;
    const found = (items as { product_id: string; variant_count: number }[]).find(
      ({ variant_count }) => variant_count === 3,
    );
    const { body } = await service.send('GET', `/api/v1/products/${found?.product_id ?? ''}`);
    return (body.variants as { price: number }[]).map(({ price }) => price);
  };

  it('is listed with its row, in the order of the file, while the product is saved', async () => {
    const done = await importFile(
      file(row('A-1', 'x'), row('A-2', -1, '25'), row('A-3', 4), row('B-1', 'y')),
    );
    const { import_id: id, counts } = done.body;
    expect(counts).toMatchObject({ updated: 1, rejected: 3, stock_adjusted: 1 });
    expect(await rejected(id)).toMatchObject([
      { line: 2 },
      { line: 3, errors: [{ column: 'stock_adjustment', message: WHY }] },
      { line: 5 },
    ]);
    expect(await prices()).toEqual([19.99, 25, 19.99]);
  });

  it('is made by importing the repaired file, which adjusts nothing else', async () => {
    const done = await importFile(file(row('A-1', 3), row('A-2', -1), row('A-3', 4)));
    const repaired = (await rejectedFile(done.body.import_id)).replace("'-1", '7');
    expect((await importFile(repaired)).body.counts).toMatchObject({ unchanged: 1, stock_adjusted: 1 });
    expect(Object.fromEntries(inventory.units)).toEqual({ 'A-1': 3, 'A-2': 7, 'A-3': 4 });
  });

  it.each(['replace', 'create'])('is listed with its whole product in the mode %s', async (mode) => {
    const done = await importFile(file(row('A-1', 3), row('A-2', -1), row('A-3', ''), row('B-1', 1)), {
      mode,
    });
    const { import_id: id, counts } = done.body;
    expect(counts).toMatchObject({ rejected: 3, stock_adjusted: 2 });
    expect((await rejected(id)).map(({ errors }) => errors)).toMatchObject([
      [{ message: WHY }],
      [{ message: WHY }],
      [{ message: WHY }],
    ]);
    const repaired = (await rejectedFile(id)).replace("'-1", '7');
    expect((await importFile(repaired, { mode })).body.counts).toMatchObject({
      unchanged: 1,
      rejected: 0,
      stock_adjusted: 1,
    });
    expect(Object.fromEntries(inventory.units)).toEqual({ 'A-1': 3, 'A-2': 7, 'B-1': 1 });
    expect(await prices()).toHaveLength(3);
  });

  it('is listed with its line of JSON, without the adjustments that were made', async () => {
    const variants = [
      { sku: 'A-1', stock_adjustment: 3 },
      { sku: 'A-2', stock_adjustment: -1, stock_adjustment_reason: 'Counted' },
      { sku: 'A-3', stock_adjustment: 4 },
    ];
    const file_name = 'stock.jsonl';
    const done = await importFile(JSON.stringify({ variants }), { file_name });
    expect(done.body.counts).toMatchObject({ unchanged: 1, rejected: 1, stock_adjusted: 2 });
    const line = await rejectedFile(done.body.import_id);
    expect(JSON.parse(line)).toEqual({
      variants: [{ sku: 'A-1' }, variants[1], { sku: 'A-3' }],
      error_line: 1,
      error_column: 'stock_adjustment',
      error: WHY,
    });
    await importFile(line.replace('-1,', '7,'), { file_name });
    expect(Object.fromEntries(inventory.units)).toEqual({ 'A-1': 3, 'A-2': 7, 'A-3': 4 });
  });
});

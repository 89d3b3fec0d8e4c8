import { describe, expect, it } from 'vitest';
import { catalogForEachTest, idOf } from './catalog.rig.ts';
import { importsOf } from './imports.rig.ts';

const { service, as, create, manager } = catalogForEachTest();
const { importFile } = importsOf(service);

const download = async (query = '') =>
  service.send('GET', `/api/v1/exports/products${query}`, { token: await manager() });

describe('an export', () => {
  it('is CSV with a row per variant, and imports again without any change', async () => {
    const id = idOf(await create({ name: '=Kettle' }));
    const { status, headers, body } = await download();
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="products.csv"',
    ]);
    expect(body.split('\n')).toEqual([
      'handle,name,description,category,subcategory,brand,tags,status,publish_at,unpublish_at,sku,price,currency,prices,images,attributes,specifications,spec.weight,attr.colour',
      `${id},'=Kettle,It boils.,Kitchen,Kettles,Maker,hot,published,,,KET-RED,19.99,EUR,,/red.svg,,,1 kg,Red`,
      `${id},,,,,,,,,,KET-BLUE,24,EUR,,,,,,Blue`,
      '',
    ]);
    for (const mode of ['merge', 'update', 'replace', 'create'])
      expect((await importFile(body, { mode })).body.counts).toMatchObject({
        unchanged: 1,
        updated: 0,
        rejected: 0,
      });
  });

  it('may be JSON Lines', async () => {
    await create();
    const { headers, body } = await download('?format=jsonl');
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(JSON.parse(body)).toMatchObject({
      name: 'Kettle',
      variants: [{ sku: 'KET-RED' }, { sku: 'KET-BLUE' }],
    });
    const done = await importFile(body, { file_name: 'products.jsonl', mode: 'replace' });
    expect(done.body.counts).toMatchObject({ unchanged: 1, rejected: 0 });
  });

  it('has every product, however many there are', async () => {
    const head = 'name,category,subcategory,brand,sku,price,currency';
    const rows = Array.from({ length: 450 }, (_, at) => `Bulk,C,S,B,BULK-${at},1,EUR`);
    await importFile([head, ...rows].join('\n'));
    const { body } = await download('?format=jsonl');
    expect(body.trim().split('\n')).toHaveLength(450);
  });

  it('may be of some products only, as staff list them', async () => {
    await create();
    await create({ name: 'Pot', variants: [{ sku: 'POT-1', price: 1, currency: 'EUR' }], status: 'draft' });
    const names = async (query: string): Promise<readonly string[]> =>
      String((await download(`?format=jsonl&${query}`)).body)
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name: string }).name);
    expect(await names('status=draft')).toEqual(['Pot']);
    expect(await names('q=kett')).toEqual(['Kettle']);
    expect(await names('brand=Maker')).toEqual(['Kettle', 'Pot']);
  });

  it('of an empty catalogue has a head only', async () => {
    expect((await download()).body.split('\n')).toHaveLength(2);
    expect((await download('?format=jsonl')).body).toBe('');
  });

  it('is for catalogue managers', async () => {
    const token = await as('customer');
    expect(await service.send('GET', '/api/v1/exports/products', { token })).toMatchObject({ status: 403 });
    expect(await service.send('GET', '/api/v1/exports/products')).toMatchObject({ status: 401 });
  });
});

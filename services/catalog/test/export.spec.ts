import { describe, expect, it } from 'vitest';
import { catalogForEachTest, idOf, kettle, NOBODY } from './catalog.rig.ts';
import { importsOf } from './imports.rig.ts';

const { service, as, change, create, manager } = catalogForEachTest();
const { importFile } = importsOf(service);

const download = async (query = '') =>
  service.send('GET', `/api/v1/exports/products${query}`, { token: await manager() });

describe('an export', () => {
  it('is CSV with a row per variant, and imports again without any change', async () => {
    const created = await create({ name: '=Kettle' });
    const id = idOf(created);
    const categoryId = (created.body.category_ids as readonly string[]).at(-1) ?? '';
    const { status, headers, body } = await download();
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="products.csv"',
    ]);
    expect(body.split('\n')).toEqual([
      'handle,name,description,category,subcategory,category_id,brand,tags,status,publish_at,unpublish_at,seo_title,seo_description,seo_slug,related,sku,price,currency,prices,images,image_texts,attributes,specifications,spec.weight,attr.colour',
      `${id},'=Kettle,It boils.,Kitchen,Kettles,${categoryId},Maker,hot,published,,,,,,,KET-RED,19.99,EUR,,/red.svg,,,,1 kg,Red`,
      `${id},,,,,,,,,,,,,,,KET-BLUE,24,EUR,,,,,,,Blue`,
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

  it.each(['csv', 'jsonl'])('restores everything that a product had: %s', async (format) => {
    const category = async (name: string, parent_id?: string): Promise<string> => {
      const body = { name, ...(parent_id !== undefined && { parent_id }) };
      const made = await service.send('POST', '/api/v1/categories', { token: await manager(), body });
      return String(made.body.category_id);
    };
    const kitchen = await category('Kitchen');
    const third = await category('Steel', await category('Kettles', kitchen));
    const created = await create({
      category: undefined,
      subcategory: undefined,
      category_id: third,
      seo: { title: 'A kettle', slug: 'kettle' },
      related: [NOBODY],
      variants: [
        {
          ...kettle().variants[0],
          images: undefined,
          pictures: [
            { url: '/a.svg', alt: '' },
            { url: '/b.svg', alt: 'From | behind' },
          ],
        },
      ],
    });
    const id = idOf(created);
    const shown = async (): Promise<object> => ({
      ...((await service.send('GET', `/api/v1/products/${id}`)).body as object),
      version: 0,
      updated_at: '',
    });
    const had = await shown();
    const { body: file } = await download(`?format=${format}`);
    const file_name = `products.${format}`;
    for (const mode of ['merge', 'replace', 'create'])
      expect((await importFile(file, { mode, file_name })).body.counts).toMatchObject({ unchanged: 1 });
    const elsewhere = file.replaceAll(third, NOBODY);
    expect((await importFile(elsewhere, { file_name })).body.counts).toMatchObject({ unchanged: 1 });
    await change(id, {
      category: 'Garden',
      seo: { description: 'Other' },
      related: [],
      variants: [{ ...kettle().variants[0], images: ['/c.svg'] }],
    });
    expect(await shown()).not.toEqual(had);
    expect((await importFile(file, { file_name })).body.counts).toMatchObject({ updated: 1, rejected: 0 });
    expect(await shown()).toEqual(had);
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

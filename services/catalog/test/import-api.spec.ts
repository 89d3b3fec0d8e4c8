import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, kettle } from './catalog.rig.ts';

const { service, as, manager, announced } = catalogForEachTest();

describe('an import', () => {
  const send = async (
    body: string | Uint8Array,
    type = 'application/x-ndjson',
    { token, mode }: { readonly token?: string; readonly mode?: string } = {},
  ): Promise<Answered> =>
    service.send('POST', `/api/v1/products/imports${mode === undefined ? '' : `?mode=${mode}`}`, {
      token: token ?? (await manager()),
      body,
      headers: { 'content-type': type },
    });
  const lines = (...products: readonly object[]): string =>
    products.map((one) => JSON.stringify(one)).join('\n');
  const pot = kettle({ name: 'Pot', variants: [{ sku: 'POT-1', price: 30, currency: 'EUR' }] });

  it('creates new products, changes others, and leaves unchanged ones as they are', async () => {
    expect((await send(lines(kettle(), pot))).body).toMatchObject({ created: 2, rejected: 0 });
    expect((await send(lines(kettle(), pot))).body).toMatchObject({ created: 0, unchanged: 2 });
    const more = [...kettle().variants, { sku: 'KET-BLACK', price: 30, currency: 'EUR' }];
    const report = await send(lines(kettle({ variants: more }), pot));
    expect(report).toMatchObject({
      status: 200,
      body: {
        created: 0,
        updated: 1,
        unchanged: 1,
        rejected: 0,
        rows: [
          { line: 1, status: 'updated', product_id: expect.any(String) },
          { line: 2, status: 'unchanged' },
        ],
      },
    });
    expect(await announced()).toEqual(['product.created 1', 'product.created 1', 'product.updated 2']);
  });

  it('rejects invalid rows with their reasons, and stores the others', async () => {
    const unknown = { name: 'x', variants: [{ sku: 'NEW-1', price: 1 }] };
    const foreign = kettle({ variants: [{ sku: 'CFA-1', price: 1, currency: 'XAF' }] });
    const report = await send(`${lines(kettle())}\nnonsense\n${lines(unknown, foreign, pot)}`);
    expect(report.body).toMatchObject({
      created: 2,
      rejected: 3,
      rows: [
        { line: 1, status: 'created' },
        { line: 2, status: 'rejected', errors: ['The line is not valid JSON.'] },
        {
          line: 3,
          status: 'rejected',
          errors: [
            expect.stringMatching(/needs: category, subcategory, brand/),
            expect.stringMatching(/currency/),
          ],
        },
        { line: 4, status: 'rejected', errors: [expect.stringMatching(/^Prices in XAF are not supported/)] },
        { line: 5, status: 'created' },
      ],
    });
  });

  it('rejects a row that would merge two products', async () => {
    await send(lines(kettle(), pot));
    const both = kettle({
      variants: ['KET-RED', 'POT-1'].map((sku) => ({ sku, price: 1, currency: 'EUR' })),
    });
    expect((await send(lines(both))).body).toMatchObject({
      rejected: 1,
      rows: [{ errors: ['The SKUs belong to different products.'] }],
    });
  });

  it('changes prices by SKU, and keeps the data that the file omits', async () => {
    const { body: made } = await send(lines(kettle()));
    expect((await send('sku,price\nKET-BLUE,25.5\nUNKNOWN,1', 'text/csv')).body).toMatchObject({
      updated: 1,
      rejected: 1,
      rows: [{ line: 2 }, { line: 3, errors: [expect.stringMatching(/needs: name/), expect.any(String)] }],
    });
    const [{ product_id = '' } = {}] = made.rows as readonly { readonly product_id?: string }[];
    const { body } = await service.send('GET', `/api/v1/products/${product_id}`);
    const [red, blue] = kettle().variants;
    expect(body).toMatchObject({
      name: 'Kettle',
      tags: ['hot'],
      specifications: { weight: '1 kg' },
      variants: [
        { sku: 'KET-RED', price: 19.99, attributes: red?.attributes },
        { ...blue, price: 25.5 },
      ],
    });
  });

  it('replaces products in the mode replace, which removes other variants and omitted data', async () => {
    await send(lines(kettle()));
    const [red] = kettle().variants;
    const { tags: _, ...untagged } = kettle({ variants: [red] });
    expect((await send(lines(untagged), undefined, { mode: 'replace' })).body).toMatchObject({ updated: 1 });
    expect(await service.send('GET', '/api/v1/products')).toMatchObject({
      body: { items: [{ variant_count: 1, tags: [] }] },
    });
    expect((await send('sku,price\nKET-RED,1', 'text/csv', { mode: 'replace' })).body).toMatchObject({
      rejected: 1,
    });
    expect(await send('', 'text/csv', { mode: 'destroy' })).toMatchObject({ status: 400 });
  });

  it('moves a SKU to the product of a later row if an earlier row freed it', async () => {
    const variant = (sku: string) => ({ sku, price: 1, currency: 'EUR' });
    await send(lines(kettle({ variants: [variant('KET-1'), variant('MOVED-1')] })));
    const moved = lines(
      kettle({ variants: [variant('KET-1')] }),
      kettle({ name: 'Pot', variants: [variant('MOVED-1')] }),
    );
    expect((await send(moved, undefined, { mode: 'replace' })).body).toMatchObject({
      created: 1,
      updated: 1,
    });
  });

  it('gives a returning variant its old id', async () => {
    const idsOf = async (): Promise<readonly unknown[]> => {
      const list = await service.send('GET', '/api/v1/products');
      const [{ product_id = '' } = {}] = list.body.items as readonly { readonly product_id?: string }[];
      const { body } = await service.send('GET', `/api/v1/products/${product_id}`);
      return (body.variants as readonly { readonly variant_id: string }[]).map(
        ({ variant_id }) => variant_id,
      );
    };
    await send(lines(kettle()));
    const before = await idsOf();
    await send(lines(kettle({ variants: kettle().variants.slice(0, 1) })), undefined, { mode: 'replace' });
    expect(await idsOf()).toEqual(before.slice(0, 1));
    await send(lines(kettle()), undefined, { mode: 'replace' });
    expect(await idsOf()).toEqual(before);
  });

  it('is read in its declared encoding, and refused in any other', async () => {
    const csv = 'name,category,subcategory,brand,sku,price,currency\nWok für Müller,Küche,W,M,WOK-1,1,EUR';
    const latin = Buffer.from(csv, 'latin1');
    expect(await send(latin, 'text/csv')).toMatchObject({ status: 400, body: { code: 'MALFORMED_BODY' } });
    expect(await send(latin, 'text/csv; charset=klingon')).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
    expect((await send(latin, 'text/csv; charset=windows-1252')).body).toMatchObject({ created: 1 });
    const wide = Buffer.from(`\uFEFF${csv}`, 'utf16le');
    expect((await send(wide, 'text/csv')).body).toMatchObject({ unchanged: 1 });
    expect((await send(`\uFEFF${csv}`, 'text/csv; charset=utf-8')).body).toMatchObject({ unchanged: 1 });
    expect(await service.send('GET', '/api/v1/products')).toMatchObject({
      body: { items: [{ name: 'Wok für Müller', category: 'Küche' }] },
    });
  });

  it('with an unknown column is refused as a whole', async () => {
    expect(await send('sku,prise\nKET-RED,1', 'text/csv')).toMatchObject({
      status: 422,
      body: { code: 'INVALID_FILE', detail: expect.stringContaining('"prise"') },
    });
  });

  it('lists 1,000 rows, rejected ones first, and counts the others', async () => {
    const many = Array.from({ length: 1_005 }, (_, at) => `BULK-${at},${at === 1_003 ? '?' : 1}`);
    const { body } = await send(['sku,price', ...many].join('\n'), 'text/csv');
    expect(body).toMatchObject({ rejected: 1_005, rows_not_told: 5 });
    expect(body.rows).toHaveLength(1_000);
    await send(lines(kettle(), pot));
    const mixed = ['sku,price', ...many.slice(0, 1_004), 'POT-1,30'].join('\n');
    const { rows, ...counts } = (await send(mixed, 'text/csv')).body;
    expect(counts).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: 1_004, rows_not_told: 5 });
    expect(rows).not.toContainEqual(expect.objectContaining({ status: 'unchanged' }));
  });

  it('may have more rows than fit into one unit of work', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      kettle({ variants: [{ sku: `SKU-${index}`, price: 1, currency: 'EUR' }] }),
    );
    expect((await send(lines(...many))).body).toMatchObject({ created: 120, rejected: 0 });
  });

  it('also reads CSV', async () => {
    const csv = [
      'handle,name,description,category,subcategory,brand,sku,attr.colour,price,currency',
      'k,Kettle,It boils.,Kitchen,Kettles,Maker,KET-RED,Red,19.99,EUR',
      'k,,,,,,KET-BLUE,Blue,24,EUR',
    ].join('\n');
    expect((await send(csv, 'text/csv')).body).toMatchObject({ created: 1, rows: [{ line: 2 }] });
    expect(await service.send('GET', '/api/v1/products')).toMatchObject({
      body: { items: [{ name: 'Kettle', variant_count: 2, price_from: 19.99 }] },
    });
  });

  it('of too many rows is refused as a whole', async () => {
    expect(await send(`${lines(kettle())}${'\n1'.repeat(50_000)}`)).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
    expect(await announced()).toEqual([]);
  });

  it('of an empty file changes nothing', async () => {
    expect(await send('', 'text/csv')).toMatchObject({ status: 200, body: { created: 0, rows: [] } });
  });

  it('requires a catalogue manager and a supported format', async () => {
    expect((await send(lines(kettle()), undefined, { token: await as('customer') })).status).toBe(403);
    expect(await send(lines(kettle()), 'text/html')).toMatchObject({ status: 415 });
  });
});

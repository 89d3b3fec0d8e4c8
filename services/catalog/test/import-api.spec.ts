import { describe, expect, it } from '@jest/globals';
import type { Answered } from '#test/kit/http.ts';
import { catalogForEachTest, kettle } from './catalog.rig.ts';

const { service, as, manager, announced } = catalogForEachTest();

describe('an import', () => {
  const send = async (body: string, type = 'application/x-ndjson', token?: string): Promise<Answered> =>
    service.send('POST', '/api/v1/products/imports', {
      token: token ?? (await manager()),
      body,
      headers: { 'content-type': type },
    });
  const lines = (...products: readonly object[]): string =>
    products.map((one) => JSON.stringify(one)).join('\n');
  const pot = kettle({ name: 'Pot', variants: [{ sku: 'POT-1', price: 30, currency: 'EUR' }] });

  it('creates what is new, leaves what is the same, and changes what is not', async () => {
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

  it('rejects bad rows with their reasons, and takes the others', async () => {
    const free = kettle({ variants: [{ sku: 'FREE-1', price: 0, currency: 'EUR' }] });
    const report = await send(`${lines(kettle())}\nnonsense\n${lines({ name: 'x' }, free, pot)}`);
    expect(report.body).toMatchObject({
      created: 2,
      rejected: 3,
      rows: [
        { line: 1, status: 'created' },
        { line: 2, status: 'rejected', errors: ['The line is not valid JSON.'] },
        {
          line: 3,
          status: 'rejected',
          errors: expect.arrayContaining(["/ must have required property 'brand'"]),
        },
        { line: 4, status: 'rejected', errors: ['A price must be above zero.'] },
        { line: 5, status: 'created' },
      ],
    });
  });

  it('rejects a row that would make one of two products', async () => {
    await send(lines(kettle(), pot));
    const both = kettle({
      variants: ['KET-RED', 'POT-1'].map((sku) => ({ sku, price: 1, currency: 'EUR' })),
    });
    expect((await send(lines(both))).body).toMatchObject({
      rejected: 1,
      rows: [{ errors: ['The SKUs belong to different products.'] }],
    });
  });

  it('may name a product twice: the later row changes it', async () => {
    expect((await send(lines(kettle(), kettle({ name: 'Later' })))).body).toMatchObject({
      created: 1,
      updated: 1,
    });
    expect(await service.send('GET', '/api/v1/products')).toMatchObject({
      body: { items: [{ name: 'Later' }] },
    });
  });

  it('takes more rows than go into one unit of work', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      kettle({ variants: [{ sku: `SKU-${index}`, price: 1, currency: 'EUR' }] }),
    );
    expect((await send(lines(...many))).body).toMatchObject({ created: 120, rejected: 0 });
  });

  it('reads CSV, too', async () => {
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

  it('of nothing does nothing', async () => {
    expect(await send('', 'text/csv')).toMatchObject({ status: 200, body: { created: 0, rows: [] } });
  });

  it('is the business of managers, in a format that is known', async () => {
    expect((await send(lines(kettle()), 'application/x-ndjson', await as('customer'))).status).toBe(403);
    expect(await send(lines(kettle()), 'text/html')).toMatchObject({ status: 415 });
  });
});

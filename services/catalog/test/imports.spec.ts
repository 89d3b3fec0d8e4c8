import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { catalogForEachTest, kettle } from './catalog.rig.ts';
import { importsOf } from './imports.rig.ts';

const { service, as } = catalogForEachTest();
const { ask, work, put, upload, check, start, importFile, rejected } = importsOf(service);

const HEAD = 'handle,name,description,category,subcategory,brand,sku,price,currency';
const row = (sku: string, price = '19.99', handle = sku): string =>
  `${handle},Kettle,It boils.,Kitchen,Kettles,Maker,${sku},${price},EUR`;
const file = (...rows: readonly string[]): string => [HEAD, ...rows].join('\n');

describe('an import', () => {
  it('is uploaded in parts, checked, and then run', async () => {
    const id = await upload(file(row('KET-1'), row('KET-2')), {}, 50);
    expect(await ask('GET', `/${id}`)).toMatchObject({
      status: 200,
      body: { state: 'uploading', bytes: 191 },
    });
    expect((await check(id)).body).toMatchObject({
      state: 'checked',
      charset: 'utf-8',
      delimiter: ',',
      compressed: false,
      rows: 2,
      expected: { created: 2, updated: 0, unchanged: 0, rejected: 0 },
      unknown_columns: [],
    });
    expect((await service.send('GET', '/api/v1/products')).body.items).toEqual([]);
    expect((await start(id)).body).toMatchObject({
      state: 'done',
      rows_done: 2,
      counts: { created: 2, rejected: 0 },
      ended_at: expect.any(String),
    });
    expect((await service.send('GET', '/api/v1/products')).body.items).toHaveLength(2);
    expect((await importFile(file(row('KET-1'), row('KET-2', '25')))).body.counts).toEqual({
      created: 0,
      updated: 1,
      unchanged: 1,
      rejected: 0,
      stock_adjusted: 0,
    });
  });

  it('shows the columns with samples, maps them by their names, and reports unknown ones', async () => {
    const id = await upload(
      'Variant SKU;Title;Vendor;Internal note;spec.Weight\nKET-1;Kettle;Maker;old;1 kg\n',
    );
    expect((await check(id)).body).toMatchObject({
      delimiter: ';',
      columns: [
        { name: 'Variant SKU', field: 'sku', samples: ['KET-1'] },
        { name: 'Title', field: 'name', samples: ['Kettle'] },
        { name: 'Vendor', field: 'brand', samples: ['Maker'] },
        { name: 'Internal note', samples: ['old'] },
        { name: 'spec.Weight', field: 'spec.Weight', samples: ['1 kg'] },
      ],
      unknown_columns: ['Internal note'],
    });
    expect(await start(id)).toMatchObject({ status: 422, body: { code: 'UNKNOWN_COLUMNS' } });
    const mapped = await check(id, { 'Internal note': null, Vendor: 'subcategory' });
    expect(mapped.body.unknown_columns).toEqual([]);
    expect(mapped.body.columns[2]).toMatchObject({ field: 'subcategory' });
    expect(await start(id)).toMatchObject({ body: { state: 'done', counts: { rejected: 1 } } });
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFsku,name\nKET-1,Käse\n'), 'utf-8'],
    ['UTF-16', Buffer.from('\uFEFFsku,name\nKET-1,Käse\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 without a byte order mark', Buffer.from('sku,name\nKET-1,Käse\n', 'utf16le'), 'utf-16le'],
    ['windows-1252', Buffer.from('sku,name\nKET-1,Käse\n', 'latin1'), 'windows-1252'],
    ['gzip', gzipSync('sku,name\nKET-1,Käse\n'), 'utf-8'],
  ])('detects %s', async (name, bytes, charset) => {
    const checked = await check(await upload(bytes));
    expect(checked.body).toMatchObject({ state: 'checked', charset, compressed: name === 'gzip' });
    expect(checked.body.columns[1].samples).toEqual(['Käse']);
  });

  it('rejects broken rows alone, with line and column', async () => {
    const id = await upload(
      Buffer.concat([
        Buffer.from(file(row('OK-1'), row('QUOTE-1').replace('Kettle', '27" TV'), row('PRICE-1', 'cheap'))),
        Buffer.from('\nshort,row\n'),
        Buffer.from(row('ENC-1').replace('Kettle', 'K\xe4se'), 'latin1'),
        Buffer.from(
          `\n${row('OK-1', '1', 'again')}\n${row('OK-2').replace('Kettle', 'Kässe, Küche')}\n${row('OK-3').replace('Kettle', 'Kösä')}`,
        ),
      ]),
    );
    expect((await check(id)).body).toMatchObject({ charset: 'utf-8', expected: { created: 2, rejected: 6 } });
    expect(await rejected(id)).toMatchObject([
      { line: 3, errors: [{ column: 'name', message: expect.stringMatching(/quotes/) }] },
      { line: 4, errors: [{ column: 'price', message: 'must be number' }] },
      { line: 5, errors: [{ message: 'It has 2 fields, and the first line has 9.' }] },
      { line: 6, errors: [{ column: 'name', message: expect.stringMatching(/U\+FFFD/) }] },
      { line: 7, errors: [{ column: 'sku', message: 'OK-1 is already in line 2.' }] },
      { line: 8, errors: [{ message: expect.stringMatching(/10 fields/) }] },
    ]);
  });

  it('rejects a handle that comes back later', async () => {
    const id = await upload(
      file(row('A-1', '1', 'a'), row('A-2', '1', 'a'), row('B-1'), row('A-3', '1', 'a')),
    );
    expect((await check(id)).body.expected).toMatchObject({ created: 2, rejected: 1 });
    expect(await rejected(id)).toMatchObject([{ line: 5, errors: [{ column: 'handle' }] }]);
  });

  it.each([
    ['create', { created: 1, updated: 0, unchanged: 0, rejected: 1 }],
    ['update', { created: 0, updated: 1, unchanged: 0, rejected: 1 }],
    ['merge', { created: 1, updated: 1, unchanged: 0, rejected: 0 }],
    ['replace', { created: 1, updated: 1, unchanged: 0, rejected: 0 }],
  ])('does in the mode %s what it says', async (mode, counts) => {
    await importFile(file(row('KET-1'), row('KET-9', '3', 'KET-1')));
    const done = await importFile(file(row('KET-1', '25'), row('NEW-1')), { mode });
    expect(done.body.counts).toMatchObject(counts);
    const { body } = await service.send('GET', '/api/v1/products?sort=price_desc');
    const kept = mode === 'replace' ? 1 : 2;
    expect(
      body.items.find((item: { variant_count: number; price_from: number }) => item.variant_count === kept),
    ).toBeDefined();
  });

  it('accepts a decimal comma only if it is declared', async () => {
    const comma = 'sku;price\nKET-1;21,50';
    await importFile(file(row('KET-1')));
    expect((await importFile(comma)).body.counts).toMatchObject({ rejected: 1 });
    expect((await importFile(comma, { decimal: ',' })).body.counts).toMatchObject({ updated: 1 });
    expect((await importFile('sku;price\nKET-1;21.50', { decimal: ',' })).body.counts).toMatchObject({
      rejected: 1,
    });
  });

  it('reads JSON Lines', async () => {
    const lines = [JSON.stringify(kettle()), '{"name":', JSON.stringify(kettle({ name: 'Pot' }))].join('\n');
    const done = await importFile(gzipSync(lines), { file_name: 'products.jsonl.gz' });
    expect(done.body).toMatchObject({ format: 'jsonl', columns: [], counts: { created: 1, rejected: 2 } });
    expect(await rejected(done.body.import_id)).toMatchObject([
      { line: 2, errors: [{ message: 'The line is not valid JSON.' }] },
      { line: 3, errors: [{ column: 'sku', message: 'KET-RED is already in line 1.' }] },
    ]);
  });

  it('offers its rejected rows as a file that can be repaired and imported', async () => {
    const done = await importFile(
      file(row('KET-1'), row('KET-2', 'cheap'), row('KET-3').replace('Kettle', '=cmd()')),
    );
    const id = done.body.import_id;
    expect(done.body.counts).toMatchObject({ created: 2, rejected: 1 });
    const { body, headers } = await ask('GET', `/${id}/rejected-file`);
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    expect(body.replace('\uFEFF', '')).toBe(
      `${HEAD},error_line,error_column,error\n${row('KET-2', 'cheap')},3,price,must be number\n`,
    );
    expect((await importFile(body.replace('cheap', '21'))).body.counts).toMatchObject({
      created: 1,
      rejected: 0,
    });
  });

  it('that cannot be read as a whole fails with the reason, and can be repaired', async () => {
    const id = await upload('name,price\nKettle,1');
    expect((await check(id)).body).toMatchObject({
      state: 'failed',
      problem: 'No column is mapped to "sku".',
    });
    expect((await check(id, { name: 'sku' })).body).toMatchObject({ state: 'checked' });
    expect((await check(await upload(Uint8Array.of(0x1f, 0x8b, 1, 2)))).body).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/gzip/),
    });
    expect((await check(await upload(' '))).body).toMatchObject({
      state: 'failed',
      problem: 'The file is empty.',
    });
    expect((await check(id, { nobody: 'sku' })).body).toMatchObject({ state: 'failed' });
  });

  it('needs all its parts', async () => {
    const id = await upload(file(row('KET-1')));
    await put(id, 2, 'x');
    expect(await check(id)).toMatchObject({
      status: 422,
      body: { code: 'IMPORT_INCOMPLETE', detail: 'Part 1 of the file is missing.' },
    });
    expect(await put(id, 1_000, 'x')).toMatchObject({ status: 400 });
    expect(await put(id, 1, 'x'.repeat(8 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  });

  it('can be cancelled and deleted, and is listed until then', async () => {
    const id = await upload(file(row('KET-1')));
    const second = await upload(file(row('KET-2')));
    expect((await ask('GET', '?limit=1')).body).toMatchObject({ items: [{ import_id: second }] });
    const { next_cursor } = (await ask('GET', '?limit=1')).body;
    expect((await ask('GET', `?limit=1&cursor=${String(next_cursor)}`)).body.items).toMatchObject([
      { import_id: id },
    ]);
    expect(await ask('POST', `/${id}/start`)).toMatchObject({ status: 409, body: { code: 'IMPORT_STATE' } });
    await ask('POST', `/${id}/check`, {});
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 409 });
    expect(await ask('POST', `/${id}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    await work();
    expect(await ask('DELETE', `/${id}`, undefined, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204 });
    expect(await ask('GET', `/${id}`)).toMatchObject({ status: 404, body: { code: 'IMPORT_NOT_FOUND' } });
  });

  it('waits for others when four are under way', async () => {
    const ids = [];
    for (let at = 0; at < 5; at += 1) ids.push(await upload(file(row(`KET-${at}`))));
    for (const id of ids.slice(0, 4))
      expect(await ask('POST', `/${id}/check`, {})).toMatchObject({ status: 202 });
    expect(await ask('POST', `/${ids[4] ?? ''}/check`, {})).toMatchObject({
      status: 409,
      body: { code: 'IMPORTS_BUSY' },
    });
    await work();
    expect((await check(ids[4] ?? '')).body).toMatchObject({ state: 'checked' });
  });

  it('is for catalogue managers', async () => {
    const token = await as('customer');
    expect(await service.send('GET', '/api/v1/imports', { token })).toMatchObject({ status: 403 });
    expect(
      await service.send('POST', '/api/v1/imports', { token, body: { file_name: 'a.csv' } }),
    ).toMatchObject({ status: 403 });
  });
});

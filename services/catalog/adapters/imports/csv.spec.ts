import { describe, expect, it } from 'vitest';
import type { ImportMode } from '../../core/domain/import-job.ts';
import { readImport } from './read-import.ts';

const HEAD =
  'handle,name,description,category,subcategory,brand,tags,spec.weight,sku,attr.colour,price,currency,images,initial_stock';
const row = (
  handle: string,
  changes: { readonly name?: string; readonly sku?: string; readonly price?: string } = {},
) => {
  const { name = 'Kettle', sku = `KET-${handle.toUpperCase()}`, price = '19.99' } = changes;
  return `${handle},${name},It boils.,Kitchen,Kettles,Maker,,,${sku},Red,${price},EUR,,5`;
};

const read = (rows: readonly string[], mode?: ImportMode) => readImport(rows.join('\n'), 'text/csv', mode);
const readCsv = async (...rows: readonly string[]) => {
  const found = await read(rows);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value;
};

describe('a CSV file', () => {
  it('has a variant per row, and a product per handle', async () => {
    const rows = await readCsv(
      HEAD,
      'kettle,Kettle,It boils.,Kitchen,Kettles,Maker,hot| new ,1 kg,KET-RED,Red,19.99,EUR,/a.svg|/b.svg,5',
      'pot,Pot,It stews.,Kitchen,Pots,Maker,,,POT-1,,30,EUR,,',
      'kettle,,,,,,,,KET-BLUE,Blue,24,EUR,,7',
    );
    const text = { description: 'It boils.', category: 'Kitchen', subcategory: 'Kettles', brand: 'Maker' };
    expect(rows).toEqual([
      {
        line: 2,
        patch: {
          ok: true,
          value: {
            ...text,
            name: 'Kettle',
            tags: ['hot', 'new'],
            specifications: { weight: '1 kg' },
            variants: [
              {
                sku: 'KET-RED',
                attributes: { colour: 'Red' },
                price: 19.99,
                currency: 'EUR',
                images: ['/a.svg', '/b.svg'],
                initialStock: 5,
              },
              {
                sku: 'KET-BLUE',
                attributes: { colour: 'Blue' },
                price: 24,
                currency: 'EUR',
                images: [],
                initialStock: 7,
              },
            ],
          },
        },
      },
      {
        line: 3,
        patch: {
          ok: true,
          value: {
            ...text,
            name: 'Pot',
            description: 'It stews.',
            subcategory: 'Pots',
            tags: [],
            specifications: { weight: '' },
            variants: [{ sku: 'POT-1', attributes: { colour: '' }, price: 30, currency: 'EUR', images: [] }],
          },
        },
      },
    ]);
  });

  it('changes nothing in missing columns, or in shared ones without any value', async () => {
    expect(await readCsv('sku,price', 'KET-RED,13')).toEqual([
      { line: 2, patch: { ok: true, value: { variants: [{ sku: 'KET-RED', price: 13 }] } } },
    ]);
    expect(await readCsv('name,tags,sku,price', ',,KET-RED,13')).toEqual([
      { line: 2, patch: { ok: true, value: { variants: [{ sku: 'KET-RED', price: 13 }] } } },
    ]);
  });

  it('has a separate product for each row without a handle', async () => {
    const rows = await readCsv(HEAD, row('', { sku: 'KET-1' }), row('', { name: 'Pot', sku: 'POT-1' }));
    expect(rows.map(({ patch }) => patch.ok && patch.value.name)).toEqual(['Kettle', 'Pot']);
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may have %s between its cells', async (_, mark) => {
    const rows = await readCsv(
      ['sku', 'name', 'attr.size', 'price'].join(mark),
      ['KET-RED', `"Kettle${mark} red, hot"`, '', '3'].join(mark),
    );
    expect(rows).toMatchObject([
      { patch: { value: { name: `Kettle${mark} red, hot`, variants: [{ sku: 'KET-RED', price: 3 }] } } },
    ]);
  });

  it('may have quotes, and line breaks inside quotes', async () => {
    const rows = await readCsv(
      'sku,name,description,price',
      'KET-RED, "Kettle, red" ,"It\nboils ""well"".",3',
    );
    expect(rows).toMatchObject([
      { patch: { value: { name: 'Kettle, red', description: 'It\nboils "well".' } } },
    ]);
  });

  it('is recognised however its type is written', async () => {
    expect(await readImport('sku,price\nKET-RED,1', 'Text/CSV; charset=x')).toMatchObject({
      value: [{ line: 2 }],
    });
  });

  it('reports the line where a row begins, with any line ends and empty lines', async () => {
    const cells = (handle: string): string => row(handle).replace('It boils.', '"It\nboils."');
    const text = [HEAD, cells('a'), '', ',,,,,,,,,,,,,', '  ', cells('b'), cells('c'), ''].join('\n');
    for (const end of ['\n', '\r\n', '\r'])
      expect(await readCsv(text.replaceAll('\n', end))).toMatchObject([
        { line: 2, patch: { value: { description: 'It\nboils.' } } },
        { line: 7, patch: { ok: true } },
        { line: 9, patch: { ok: true } },
      ]);
  });

  it('without content, or with the first line only, is empty', async () => {
    expect(await readCsv('')).toEqual([]);
    expect(await readCsv(HEAD)).toEqual([]);
  });
});

describe('a bad cell', () => {
  it.each([
    ['an inch mark', row('b', { name: '27" Monitor' })],
    ['two of them', row('b', { name: '27" Monitor 16"' })],
    ['a quote that nobody closes', row('b', { name: '"Monitor' })],
    ['300 KB', row('b', { name: 'x'.repeat(300_000) })],
    ['300 KB in quotes', row('b', { name: `"${'x'.repeat(300_000)}"` })],
    ['a lost character', row('b', { sku: 'KET-B\uFFFD' })],
    ['no number', row('b', { price: 'cheap' })],
    ['fewer fields', 'b,too short'],
    ['more fields', `${row('b')},more`],
  ])('rejects its row only: %s', async (_, bad) => {
    expect(await readCsv(HEAD, row('a'), bad, row('c'), row('d', { name: '"Pot, ""big"""' }))).toMatchObject([
      { line: 2, patch: { ok: true } },
      { line: 3, patch: { ok: false } },
      { line: 4, patch: { ok: true } },
      { line: 5, patch: { value: { name: 'Pot, "big"' } } },
    ]);
  });

  it('in many rows rejects each of them, and no other', async () => {
    const bad = Array.from({ length: 3_000 }, (_, at) =>
      row(`b${at}`, { name: at % 2 ? '19" Rack' : '"Rack' }),
    );
    const rows = await readCsv(HEAD, row('a'), ...bad, row('c'));
    expect(rows.filter(({ patch }) => patch.ok).map(({ line }) => line)).toEqual([2, 3_003]);
    expect(rows).toHaveLength(3_002);
  });

  it('keeps the product’s other variants, and takes the shared fields from the first valid row', async () => {
    const rows = await readCsv(
      HEAD,
      row('a', { sku: 'A-1', price: '?' }),
      row('a', { sku: 'A-2' }),
      row('a', { sku: 'A-3' }),
    );
    expect(rows).toMatchObject([
      { line: 2, patch: { error: ['/price must be number'] } },
      { line: 3, patch: { value: { name: 'Kettle', variants: [{ sku: 'A-2' }, { sku: 'A-3' }] } } },
    ]);
  });

  it('rejects its product in the mode replace, since the product would lose a variant', async () => {
    expect(
      await read([HEAD, row('a', { sku: 'A-1' }), row('a', { sku: 'A-2', price: '?' }), row('b')], 'replace'),
    ).toMatchObject({
      value: [
        { line: 2, patch: { error: ['Line 3: /price must be number'] } },
        { line: 4, patch: { ok: true } },
      ],
    });
    expect(await read([HEAD, row('a'), row('b', { name: '27" TV' })], 'replace')).toMatchObject({
      error: { code: 'INVALID_FILE' },
    });
  });
});

describe('a SKU that occurs twice in a file', () => {
  it('is taken from the first line, in one product and in two', async () => {
    const rows = await readCsv(
      HEAD,
      row('a', { sku: 'DUP-1' }),
      row('b', { sku: 'DUP-1' }),
      row('a', { sku: 'DUP-1' }),
    );
    expect(rows).toMatchObject([
      { line: 2, patch: { value: { variants: [{ sku: 'DUP-1' }] } } },
      { line: 3, patch: { error: ['DUP-1 is already in line 2.'] } },
      { line: 4, patch: { error: ['DUP-1 is already in line 2.'] } },
    ]);
  });
});

describe('the columns of a file', () => {
  it.each([
    ['are known', 'sku,initial_stok', 'Unknown column "initial_stok".'],
    ['are no methods', 'sku,constructor', 'Unknown column "constructor".'],
    ['are named', 'sku,,price', 'Unknown column "".'],
    ['occur once', 'sku,price,price', 'Two columns are called "price".'],
    ['name the SKU', 'name,price', 'The column "sku" is missing.'],
    [
      'are at most 200',
      ['sku', ...Array.from({ length: 200 }, (_, at) => `attr.${at}`)].join(),
      'The file has more than 200 columns.',
    ],
    ['fit into 16 KiB', `sku,attr.${'x'.repeat(16_384)}`, 'The first line is too long.'],
    ['have quotes that match', 'sku,27" wide', 'The quotes of the row do not match'],
  ])('%s, or the file is refused', async (_, head, detail) => {
    expect(await read([head, 'KET-RED,1'])).toEqual({
      ok: false,
      error: { code: 'INVALID_FILE', detail: expect.stringContaining(detail) },
    });
  });

  it('may be up to 200', async () => {
    const columns = Array.from({ length: 199 }, (_, at) => `attr.${at}`);
    expect(await read([['sku', ...columns].join(), 'KET-RED,1'])).toMatchObject({ ok: true });
  });

  it('may be followed by commas, as spreadsheets write them', async () => {
    expect(await readCsv('sku,price,,', 'KET-RED,1,,')).toMatchObject([{ patch: { ok: true } }]);
    expect(await readCsv('sku,price,,', 'KET-RED,1,x,')).toMatchObject([
      { patch: { error: ['It has more fields than the first line.'] } },
    ]);
  });

  it('may be attributes and specifications of any name', async () => {
    const [first] = await readCsv('sku,name,price,attr.__proto__,spec.constructor', 'KET-RED,K,1,c,d');
    const { specifications = {}, variants = [] } = first?.patch.ok ? first.patch.value : {};
    expect(Object.entries(specifications)).toEqual([['constructor', 'd']]);
    expect(variants.flatMap(({ attributes = {} }) => Object.entries(attributes))).toEqual([
      ['__proto__', 'c'],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readImport } from '../adapters/http/import-file.ts';

const line = (changes: object = {}) => ({
  name: 'Kettle',
  description: 'It boils.',
  category: 'Kitchen',
  subcategory: 'Kettles',
  brand: 'Maker',
  variants: [{ sku: 'KET-RED', price: 19.99, currency: 'EUR' }],
  ...changes,
});
const lines = (...products: readonly unknown[]): string =>
  products.map((one) => JSON.stringify(one)).join('\n');
const rowsOf = (text: string, contentType: string) => {
  const read = readImport(text, contentType);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
};
const readLines = (text: string) => rowsOf(text, 'application/x-ndjson');
const readCsv = (...rows: readonly string[]) => rowsOf(rows.join('\n'), 'text/csv; charset=utf-8');

describe('a file of JSON lines', () => {
  it('is a product per line', () => {
    expect(readLines(lines(line(), line({ name: 'Pot' })))).toMatchObject([
      {
        line: 1,
        draft: {
          ok: true,
          value: {
            name: 'Kettle',
            tags: [],
            specifications: {},
            variants: [
              {
                sku: 'KET-RED',
                price: { minor: 1_999, currency: 'EUR' },
                attributes: {},
                images: [],
                initialStock: 0,
              },
            ],
          },
        },
      },
      { line: 2, draft: { ok: true, value: { name: 'Pot' } } },
    ]);
  });

  it('may come from Windows, with empty lines and a byte order mark', () => {
    const read = readLines(`\uFEFF${JSON.stringify(line())}\r\n\r\n${JSON.stringify(line())}\r\n`);
    expect(read).toMatchObject([
      { line: 1, draft: { ok: true } },
      { line: 3, draft: { ok: true } },
    ]);
  });

  it('tells what is wrong with each bad line, and reads the others', () => {
    const text = [
      '{"name":',
      JSON.stringify(line()),
      lines(line({ brand: undefined, colour: 'red' }), line({ variants: [] }), null),
      lines(line({ variants: [{ sku: 'KET-RED', price: 0.001, currency: 'EUR' }] })),
      '{"name":"Ket\\u0000tle"}',
      lines(line({ name: 'Ket\0tle' })),
    ].join('\n');
    expect(readLines(text)).toMatchObject([
      { line: 1, draft: { error: ['The line is not valid JSON.'] } },
      { line: 2, draft: { ok: true } },
      {
        line: 3,
        draft: { error: ["/ must have required property 'brand'", '/ must NOT have additional properties'] },
      },
      { line: 4, draft: { error: ['/variants must NOT have fewer than 1 items'] } },
      { line: 5, draft: { error: ['/ must be object'] } },
      { line: 6, draft: { error: ['KET-RED: 0.001 is not an amount of EUR.'] } },
      { line: 7, draft: { ok: false } },
      { line: 8, draft: { error: ['/name holds a character that cannot be stored'] } },
    ]);
  });
});

describe('a file that is too long', () => {
  it('is refused, whatever its rows are', () => {
    for (const type of ['application/x-ndjson', 'text/csv']) {
      expect(readImport('1\n'.repeat(49_999), type)).toMatchObject({ ok: true });
      expect(readImport('1\n'.repeat(60_000), type)).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } });
    }
  });

  it('is not one with a row that is, which alone is bad', () => {
    const long = line({ description: 'x'.repeat(300_000) });
    expect(readLines(lines(long, line()))).toMatchObject([
      { line: 1, draft: { error: ['The line is too long.'] } },
      { line: 2, draft: { ok: true } },
    ]);
    expect(readCsv('name', 'x'.repeat(300_000))).toMatchObject([{ draft: { ok: false } }]);
  });
});

const HEAD =
  'handle,name,description,category,subcategory,brand,tags,spec.weight,sku,attr.colour,price,currency,images,initial_stock';

describe('a file of CSV', () => {
  it('is a variant per row, and a product per handle', () => {
    const read = readCsv(
      HEAD,
      'kettle,Kettle,It boils.,Kitchen,Kettles,Maker,hot| new ,1 kg,KET-RED,Red,19.99,EUR,/a.svg|/b.svg,5',
      'pot,Pot,It stews.,Kitchen,Pots,Maker,,,POT-1,,30,EUR,,',
      'kettle,,,,,,,,KET-BLUE,Blue,24,EUR,,7',
    );
    expect(read).toMatchObject([
      {
        line: 2,
        draft: {
          value: {
            name: 'Kettle',
            tags: ['hot', 'new'],
            specifications: { weight: '1 kg' },
            variants: [
              {
                sku: 'KET-RED',
                attributes: { colour: 'Red' },
                price: { minor: 1_999 },
                images: ['/a.svg', '/b.svg'],
                initialStock: 5,
              },
              { sku: 'KET-BLUE', attributes: { colour: 'Blue' }, price: { minor: 2_400 }, initialStock: 7 },
            ],
          },
        },
      },
      {
        line: 3,
        draft: { value: { tags: [], specifications: {}, variants: [{ attributes: {}, initialStock: 0 }] } },
      },
    ]);
  });

  it('takes rows without a handle for products of their own', () => {
    const read = readCsv(
      HEAD,
      ',Kettle,It boils.,Kitchen,Kettles,Maker,,,KET-RED,Red,19.99,EUR,,5',
      ',Pot,It stews.,Kitchen,Pots,Maker,,,POT-1,,30,EUR,,',
    );
    expect(read.map(({ draft }) => draft.ok && draft.value.name)).toEqual(['Kettle', 'Pot']);
  });

  it('may quote, break lines inside quotes, and begin with a byte order mark', () => {
    const read = readCsv(
      `\uFEFF${HEAD}`,
      'kettle,"Kettle, red","It\nboils ""well"".",Kitchen,Kettles,Maker,,,KET-RED,Red,19.99,EUR,,5',
    );
    expect(read).toMatchObject([
      { draft: { value: { name: 'Kettle, red', description: 'It\nboils "well".' } } },
    ]);
  });

  it('tells what is wrong with each bad row, and reads the others', () => {
    const read = readCsv(
      HEAD,
      'a,Kettle,It boils.,Kitchen,Kettles,Maker,,,KET-RED,Red,cheap,EUR,,5',
      'b,too short',
      'c,Pot,It stews.,Kitchen,Pots,Maker,,,POT-1,,30,EUR,,-1',
      'd,Pot,It stews.,Kitchen,Pots,Maker,,,POT-1,,30,EUR,,1',
    );
    expect(read).toMatchObject([
      { line: 2, draft: { error: ['/variants/0/price must be number'] } },
      { line: 3, draft: { ok: false } },
      { line: 4, draft: { error: ['/variants/0/initial_stock must be integer'] } },
      { line: 5, draft: { ok: true } },
    ]);
  });

  it('is CSV however its type is written', () => {
    expect(rowsOf('name\nKettle', 'Text/CSV')).toMatchObject([{ line: 2 }]);
  });

  it('names the line where a row begins, whichever system wrote it and whatever is empty between', () => {
    const row = (handle: string): string =>
      `${handle},Kettle,"It\nboils.",Kitchen,Kettles,Maker,,,KET-${handle.toUpperCase()},Red,19.99,EUR,,5`;
    const text = [HEAD, row('a'), '', ',,,,,,,,,,,,,', '  ', row('b'), row('c'), ''].join('\n');
    for (const end of ['\n', '\r\n', '\r'])
      expect(readCsv(text.replaceAll('\n', end))).toMatchObject([
        { line: 2, draft: { value: { description: 'It\nboils.' } } },
        { line: 7, draft: { ok: true } },
        { line: 9, draft: { ok: true } },
      ]);
  });

  it('loses nothing of a row that has more fields than the head', () => {
    const read = readCsv(
      'handle,name,category,subcategory,brand,sku,price,currency,description',
      'a,Kettle,Kitchen,Kettles,Maker,KET-RED,19.99,EUR,It boils, too',
      'b,Pot,Kitchen,Pots,Maker,POT-1,30,EUR,It stews.,,',
    );
    expect(read).toMatchObject([
      { line: 2, draft: { error: ['Line 2 has more fields than the first line.'] } },
      { line: 3, draft: { value: { description: 'It stews.' } } },
    ]);
  });

  it('may have columns of any name', () => {
    const [row] = readCsv(
      'name,description,category,subcategory,brand,sku,price,currency,__proto__,constructor,attr.__proto__,spec.constructor',
      'Kettle,It boils.,Kitchen,Kettles,Maker,KET-RED,19.99,EUR,a,b,c,d',
    );
    expect(row?.draft.ok && Object.entries(row.draft.value.specifications)).toEqual([['constructor', 'd']]);
    expect(
      row?.draft.ok && row.draft.value.variants.flatMap(({ attributes }) => Object.entries(attributes)),
    ).toEqual([['__proto__', 'c']]);
  });

  it('that cannot be taken apart is one bad row, where it breaks', () => {
    expect(readCsv(HEAD, 'kettle,"Kettle')).toMatchObject([{ line: 2, draft: { ok: false } }]);
  });

  it('of nothing but a head is empty', () => {
    expect(readCsv(HEAD)).toEqual([]);
  });
});

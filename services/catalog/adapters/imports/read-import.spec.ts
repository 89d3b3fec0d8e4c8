import { describe, expect, it } from 'vitest';
import { readImport } from './read-import.ts';

const line = (changes: object = {}) => ({
  name: 'Kettle',
  description: 'It boils.',
  category: 'Kitchen',
  subcategory: 'Kettles',
  brand: 'Maker',
  variants: [{ sku: 'KET-RED', price: 19.99, currency: 'EUR' }],
  ...changes,
});
const pot = line({ name: 'Pot', variants: [{ sku: 'POT-1', price: 30, currency: 'EUR', initial_stock: 3 }] });
const lines = (...products: readonly unknown[]): string =>
  products.map((one) => JSON.stringify(one)).join('\n');
const readLines = async (text: string) => {
  const read = await readImport(text, 'application/x-ndjson');
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
};

describe('a file of JSON Lines', () => {
  it('has a product per line, with the fields of the line', async () => {
    expect(await readLines(lines(line(), pot, { variants: [{ sku: 'PAN-1', price: 3 }] }))).toEqual([
      { line: 1, patch: { ok: true, value: line() } },
      {
        line: 2,
        patch: {
          ok: true,
          value: { ...pot, variants: [{ sku: 'POT-1', price: 30, currency: 'EUR', initialStock: 3 }] },
        },
      },
      { line: 3, patch: { ok: true, value: { variants: [{ sku: 'PAN-1', price: 3 }] } } },
    ]);
  });

  it('may have CRLF line ends and empty lines', async () => {
    expect(await readLines(`${lines(line())}\r\n\r\n${lines(pot)}\r\n`)).toMatchObject([
      { line: 1, patch: { ok: true } },
      { line: 3, patch: { ok: true } },
    ]);
  });

  it('reports the fault of each invalid line, and reads the others', async () => {
    const text = [
      '{"name":',
      lines(line()),
      lines(line({ colour: 'red', brand: 1 }), line({ variants: [] }), null),
      '{"name":"Ket\\u0000tle"}',
      lines(line({ name: 'Ket\0tle' }), line({ name: 'K\uFFFDttle' }), pot),
    ].join('\n');
    expect(await readLines(text)).toMatchObject([
      { line: 1, patch: { error: ['The line is not valid JSON.'] } },
      { line: 2, patch: { ok: true } },
      {
        line: 3,
        patch: { error: ['/ must NOT have additional properties: colour', '/brand must be string'] },
      },
      { line: 4, patch: { error: ['/variants must NOT have fewer than 1 items'] } },
      { line: 5, patch: { error: ['/ must be object'] } },
      { line: 6, patch: { ok: false } },
      { line: 7, patch: { error: ['/name contains a character that cannot be stored'] } },
      { line: 8, patch: { error: [expect.stringContaining('U+FFFD')] } },
      { line: 9, patch: { ok: true } },
    ]);
  });

  it('may contain a SKU once: a later line is rejected, and names the first', async () => {
    const both = line({ variants: [...line().variants, ...pot.variants] });
    expect(await readLines(lines(line(), both, pot))).toMatchObject([
      { line: 1, patch: { ok: true } },
      { line: 2, patch: { error: ['KET-RED is already in line 1.'] } },
      { line: 3, patch: { ok: true } },
    ]);
  });

  it('has rows and reasons of bounded length', async () => {
    const long = line({ description: 'x'.repeat(300_000) });
    expect(await readLines(lines(long, pot))).toMatchObject([
      { line: 1, patch: { error: ['The line has more than 262144 characters.'] } },
      { line: 2, patch: { ok: true } },
    ]);
    const [row] = await readLines(lines({ ...line(), ['x'.repeat(10_000)]: 1 }));
    expect(row?.patch.ok === false && row.patch.error.map((reason) => reason.length)).toEqual([300]);
  });
});

describe('a file that is too long', () => {
  it.each(['application/x-ndjson', 'text/csv'])('is refused as a whole: %s', async (type) => {
    const head = type === 'text/csv' ? 'sku\n' : '';
    expect(await readImport(`${head}${'1\n'.repeat(50_000)}`, type)).toMatchObject({ ok: true });
    expect(await readImport(`${head}${'1\n'.repeat(50_001)}`, type)).toMatchObject({
      error: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  it('may consist of empty lines', async () => {
    expect(await readImport('\n'.repeat(500_001), 'text/csv')).toMatchObject({
      error: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });
});

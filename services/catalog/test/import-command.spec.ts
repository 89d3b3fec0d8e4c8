import { beforeEach, describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk, type Desk, type Ended } from '#test/kit/operator.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});

let received: readonly (readonly [type: string, body: string, query: string])[] = [];
const open = async (status: number, answer: object): Promise<void> => {
  received = [];
  await desk.open({
    metrics: () => Promise.resolve(''),
    troubles: () => Promise.resolve([]),
    redrive: () => Promise.resolve({ outcome: 'unknown' }),
    hasten: () => Promise.resolve(0),
    importProducts: (body, contentType, query) => {
      received = [...received, [contentType, Buffer.from(body).toString('latin1'), query]];
      return Promise.resolve({ status, body: JSON.stringify(answer) });
    },
  });
};
const importFile = (name: string, text?: string, ...options: readonly string[]): Promise<Ended> => {
  const file = join(desk.dataDir, name);
  if (text !== undefined) writeFileSync(file, text, 'latin1');
  return desk.run('services/catalog/main/import.ts', file, ...options);
};

const TAKEN = { created: 1, updated: 1, unchanged: 0, rejected: 0, rows: [{ line: 1, status: 'created' }] };

describe('importing a file', () => {
  it.each([
    ['products.csv', 'text/csv'],
    ['products.jsonl', 'application/x-ndjson'],
    ['PRODUCTS.NDJSON', 'application/x-ndjson'],
  ])('sends %s as %s and prints the report', async (name, type) => {
    await open(200, TAKEN);
    expect(await importFile(name, 'Käse\n')).toEqual({
      code: 0,
      stdout: '1 created, 1 updated, 0 unchanged, 0 rejected\n',
      stderr: '',
    });
    expect(received).toEqual([[type, 'Käse\n', '']]);
  });

  it('sends the charset and the mode replace', async () => {
    await open(200, { ...TAKEN, rows_not_told: 3 });
    const { code, stdout } = await importFile('a.csv', 'Käse', '--charset', 'windows-1252', '--replace');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^3 more rows are not listed\n/m)]);
    expect(received).toEqual([['text/csv; charset=windows-1252', 'Käse', '?mode=replace']]);
  });

  it('fails with unknown arguments', async () => {
    await open(200, TAKEN);
    const { code, stderr } = await importFile('a.csv', 'x', '--force');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^usage: /)]);
  });

  it('fails if rows are rejected, and lists them with their reasons', async () => {
    const rows = [{ line: 4, status: 'rejected', errors: ['/name must be string', '/brand is missing'] }];
    await open(200, { ...TAKEN, rejected: 1, rows });
    expect(await importFile('products.csv', 'x')).toEqual({
      code: 1,
      stdout:
        '1 created, 1 updated, 0 unchanged, 1 rejected\nline 4: /name must be string; /brand is missing\n',
      stderr: '',
    });
  });

  it('fails if the shop refuses the whole file', async () => {
    await open(413, { code: 'PAYLOAD_TOO_LARGE', detail: 'The body is too large.' });
    const { code, stderr } = await importFile('products.csv', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The shop did not import .*: it returned 413: The body is too large\.\n$/);
  });

  it.each([
    ['does not exist', 'missing.csv', /cannot be read\.\n$/],
    ['has another extension', 'products.xml', /must end in \.csv, \.jsonl, \.ndjson\.\n$/],
  ])('fails when the file %s', async (_, name, why) => {
    await open(200, TAKEN);
    expect(await importFile(name)).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
    expect(received).toEqual([]);
  });

  it('fails with one line if no shop runs', async () => {
    const { code, stderr } = await importFile('products.csv', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^No shop runs here: .*\n$/);
  });
});

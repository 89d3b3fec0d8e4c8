import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { openDesk, type Desk, type Ended } from '#test/kit/operator.ts';
import { catalogForEachTest } from './catalog.rig.ts';

const { service, manager } = catalogForEachTest();

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});

/** A shop with a catalog whose runner works. */
const open = async (): Promise<void> => {
  for (const runner of service.attachments)
    if (runner instanceof JobRunner) {
      await runner.start();
      atEnd(() => runner.stop());
    }
  await desk.open({
    metrics: () => Promise.resolve(''),
    troubles: () => Promise.resolve([]),
    redrive: () => Promise.resolve({ outcome: 'unknown' }),
    hasten: () => Promise.resolve(0),
    catalog: async ({ method, path, type, body }) =>
      fetch(service.url + path, {
        method,
        headers: {
          authorization: `Bearer ${await manager()}`,
          ...(type !== undefined && { 'content-type': type }),
        },
        body: body ?? null,
      }),
  });
};

const importFile = (name: string, text?: string, ...options: readonly string[]): Promise<Ended> => {
  const file = join(desk.dataDir, name);
  if (text !== undefined) writeFileSync(file, text, 'latin1');
  return desk.run('services/catalog/main/import.ts', file, ...options);
};

const HEAD = 'name,category,subcategory,brand,sku,price,currency';
const row = (sku: string, price = '1'): string => `Kettle,Kitchen,Kettles,Maker,${sku},${price},EUR`;

describe('importing a file', () => {
  it('prints what was done, and fails if rows are rejected', async () => {
    await open();
    const file = [HEAD, row('KET-1'), row('KET-2', 'cheap')].join('\n');
    const trial = await importFile('products.csv', file, '--dry-run');
    expect([trial.code, trial.stdout]).toEqual([
      1,
      '1 to be created, 0 to be updated, 0 unchanged, 1 rejected\nline 3: price must be number\n',
    ]);
    const rejected = join(desk.dataDir, 'rejected.csv');
    const first = await importFile('products.csv', file, '--rejected', rejected);
    expect([first.code, first.stdout]).toEqual([
      1,
      '1 created, 0 updated, 0 unchanged, 1 rejected\nline 3: price must be number\n',
    ]);
    const repaired = readFileSync(rejected, 'utf8')
      .slice(1) // the byte order mark

      .replace('cheap', '2,5')
      .replaceAll(',', ';')
      .replace('2;5', '2,5');
    const second = await importFile('repaired.csv', repaired, '--decimal', ',', '--mode', 'create');
    expect([second.code, second.stdout]).toEqual([0, '1 created, 0 updated, 0 unchanged, 0 rejected\n']);
  });

  it('says for how many SKUs it would adjust the stock, and who may', async () => {
    await open();
    await importFile('products.csv', [HEAD, row('KET-1')].join('\n'));
    const trial = await importFile('stock.csv', 'sku,stock_adjustment\nKET-1,-2', '--dry-run');
    expect([trial.code, trial.stdout]).toEqual([
      0,
      '0 to be created, 0 to be updated, 1 unchanged, 0 rejected, 1 to be adjusted in stock\n',
    ]);
    expect(await importFile('stock.csv')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The shop returned 403: Only an inventory manager may adjust stock/m),
    });
  });

  it('says what to do about unknown columns', async () => {
    await open();
    const file = `Artikel;Preis;Notiz\nKET-1;2;alt`;
    const { code, stderr } = await importFile(
      'products.csv',
      file,
      '--map',
      'Artikel=sku',
      '--map',
      'Preis=price',
    );
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Unknown column "Notiz": use --map .*\n$/m)]);
  });

  it('fails with one line if the file cannot be read, or is none', async () => {
    await open();
    for (const [name, text, why] of [
      ['missing.csv', undefined, /cannot be read\.\n$/],
      ['empty.csv', '', /is empty\.\n$/],
      ['products.xml', 'x', /^The shop returned 422: /],
      ['a.csv', 'name\nx', /cannot be imported: No column is mapped to/],
    ] as const)
      expect(await importFile(name, text)).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
    expect(await importFile('a.csv', 'sku', '--force')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^usage: /),
    });
    expect(await importFile('a.csv', 'sku', '--mode', 'destroy')).toMatchObject({ code: 1 });
  });

  it('fails with one line if no shop runs', async () => {
    const { code, stderr } = await importFile('products.csv', 'x');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^No shop runs here: .*\n$/)]);
  });
});

describe('exporting products', () => {
  it('saves a file that imports without a change', async () => {
    await open();
    await importFile('products.csv', [HEAD, row('KET-1')].join('\n'));
    const file = join(desk.dataDir, 'all.jsonl');
    const { code, stdout } = await desk.run('services/catalog/main/export.ts', file);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/ bytes in .*all\.jsonl\n$/)]);
    const again = await importFile('all.jsonl', undefined, '--mode', 'replace');
    expect(again.stdout).toBe('0 created, 0 updated, 1 unchanged, 0 rejected\n');
    expect(await desk.run('services/catalog/main/export.ts')).toMatchObject({ code: 1 });
  });
});

import { expect, it } from 'vitest';
import { countTurns } from '#test/kit/event-loop.ts';
import { openTestService } from '#test/kit/http.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';

/** Rows of which each leaves at least two turns to other requests: when it is read, and when it is saved. */
const fileOf = (rows: number): string =>
  [
    'handle,name,description,category,subcategory,brand,sku,price,currency,initial_stock',
    ...Array.from({ length: rows }, (_, at) => `BULK-${at},Bulk,t,Bulk,S,B,BULK-${at},1.50,EUR,5`),
  ].join('\n');

const SIZES = [
  ['memory', 1_000],
  ['pglite', 200],
] as const;

it.each(SIZES)('an import lets other requests through at each row, in %s', async (store, rows) => {
  const service = await openTestService(store, catalog);
  const token = await service.toolbox.tokenOf('u-1', 'catalog_manager');
  const { result, turns } = await countTurns(() =>
    service.send('POST', '/api/v1/products/imports', {
      token,
      body: fileOf(rows),
      headers: { 'content-type': 'text/csv' },
    }),
  );
  expect(result.body).toMatchObject({ created: rows });
  expect(turns).toBeGreaterThan(2 * rows);
});

it.each(SIZES)('the check and the run of an import do as well, in %s', async (store, rows) => {
  const { upload, check, start } = importsOf(await openTestService(store, catalog));
  const id = await upload(fileOf(rows));
  const { result, turns } = await countTurns(async () => {
    await check(id);
    return start(id);
  });
  expect(result.body).toMatchObject({ state: 'done', counts: { created: rows } });
  expect(turns).toBeGreaterThan(2 * rows);
});

import { expect, it } from 'vitest';
import { watchTurns } from '#test/kit/event-loop.ts';
import { openTestService } from '#test/kit/http.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';

const MOST_MS = 100;

const fileOf = (rows: number, sku: string): string =>
  [
    'handle,name,description,category,subcategory,brand,sku,price,currency,initial_stock',
    ...Array.from({ length: rows }, (_, at) => `${sku}-${at},Bulk,t,Bulk,S,B,${sku}-${at},1.50,EUR,5`),
  ].join('\n');

it.each([
  ['memory', 5_000],
  ['pglite', 300],
] as const)('an import lets all other requests through, in %s', async (store, rows) => {
  const service = await openTestService(store, catalog);
  const token = await service.toolbox.tokenOf('u-1', 'catalog_manager');
  const send = (body: string) =>
    service.send('POST', '/api/v1/products/imports', {
      token,
      body,
      headers: { 'content-type': 'text/csv' },
    });
  // The first rows of a process compile the schemas and the code, once.
  await send(fileOf(50, 'WARM'));
  const { result, p99Ms } = await watchTurns(() => send(fileOf(rows, 'BULK')));
  expect(result.body).toMatchObject({ created: rows });
  expect(p99Ms).toBeLessThan(MOST_MS);
});

it.each([
  ['memory', 3_000],
  ['pglite', 300],
] as const)('the check and the run of an import as well, in %s', async (store, rows) => {
  const service = await openTestService(store, catalog);
  const { upload, check, start, importFile } = importsOf(service);
  await importFile(fileOf(50, 'WARM'));
  const id = await upload(fileOf(rows, 'BULK'));
  const { result, p99Ms } = await watchTurns(async () => {
    await check(id);
    return start(id);
  });
  expect(result.body).toMatchObject({ state: 'done', counts: { created: rows } });
  expect(p99Ms).toBeLessThan(MOST_MS);
});

import { describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { openToolbox, STORES, storesWith, type AnyStoreName } from '#test/kit/toolbox.ts';
import type { ImportRows } from '../core/application/import-products.ts';
import { catalog } from '../main/module.ts';
import { dies, importProcesses } from './import-process.rig.ts';

const HEAD = 'name,category,subcategory,brand,sku,price,currency';
const fileOf = (...rows: readonly string[]): Uint8Array => Buffer.from([HEAD, ...rows].join('\n'));
const row = (sku: string, name: string, price = '1'): string => `${name},C,S,B,${sku},${price},EUR`;

const noInventory = () => Promise.reject(new Error('no stock is adjusted here'));

/** Tells when the rows of a unit of work are decided. */
const watched = () => {
  const decided: string[] = [];
  let next = Promise.withResolvers<unknown>();
  const importing =
    (importRows: ImportRows): ImportRows =>
    async (tx, rows, mode, rules) => {
      const reports = await importRows(tx, rows, mode, rules);
      decided.push(...rows.flatMap(({ patch }) => (patch.ok ? (patch.value.name ?? '') : [])));
      next.resolve(undefined);
      next = Promise.withResolvers();
      return reports;
    };
  const until = async (name: string): Promise<void> => {
    while (!decided.includes(name)) await next.promise;
  };
  return { importing, decided, until };
};

const open = async (store: AnyStoreName, perChunk = 1) => {
  const watch = watched();
  const toolbox = await openToolbox(store, catalog);
  const imports = importProcesses(toolbox, { perChunk, inventory: noInventory, importing: watch.importing });
  const names = async (): Promise<readonly string[]> => {
    const page = await imports.queries.page({ limit: 100, sort: 'name' });
    if (!page.ok) throw new Error('no page');
    return page.value.items.map((json) => (JSON.parse(json) as { readonly name: string }).name);
  };
  return { toolbox, watch, names, ...imports };
};

describe.each(STORES.filter((name) => name !== 'memory'))('an import in %s', (store) => {
  it('decides the next products while these are stored, and stores them at their turn', async () => {
    const { watch, names, begin, job, stepsOf } = await open(store);
    const id = await begin(fileOf(row('SKU-A', 'One'), row('SKU-B', 'Two'), row('SKU-C', 'Three')));
    const started = await job(id);
    if (!started) throw new Error('no job');
    watch.decided.length = 0;
    const steps = stepsOf()(started);
    await steps.next();
    await watch.until('Two');
    expect(await names()).toEqual(['One']);
    await steps.next();
    await watch.until('Three');
    expect(await names()).toEqual(['One', 'Two']);
    await steps.return(undefined);
    expect(await names()).toEqual(['One', 'Two']);
  });
});

describe.each(storesWith('mongo'))('an import in %s', (store) => {
  it('applies rows of one product in their order', async () => {
    const { toolbox, names, begin, live, job } = await open(store);
    await begin(Buffer.from(`handle,${HEAD}\np,${row('SKU-A', 'Old')}\np,${row('SKU-B', 'Old')}`));
    await live();
    // Before the first row, the second one would change nothing.
    const id = await begin(fileOf(row('SKU-A', 'New'), row('SKU-B', 'Old')));
    await live();
    expect(await names()).toEqual(['Old']);
    expect(await job(id)).toMatchObject({ state: 'done', counts: { updated: 2, unchanged: 0 } });
    expect((await toolbox.announced()).map(({ aggregate_version }) => aggregate_version)).toEqual([1, 2, 3]);
  });

  it('gives SKUs of one product to another in their order', async () => {
    const { names, begin, live, job } = await open(store);
    await begin(Buffer.from(`handle,${HEAD}\np,${row('SKU-A', 'Old')}\np,${row('SKU-B', 'Old')}`));
    await live();
    const id = await begin(fileOf(row('SKU-A', 'First'), row('SKU-B', 'Second')), 'replace');
    await live();
    expect(await names()).toEqual(['First', 'Second']);
    expect(await job(id)).toMatchObject({ state: 'done', counts: { updated: 1, created: 1 } });
  });

  it('stores and announces each product once, wherever its process dies', async () => {
    const ROWS = 9;
    const { toolbox, names, begin, live, job, rejected } = await open(store, 2);
    const pricesOf = (run: number) =>
      Array.from({ length: ROWS }, (_, at) => row(`S-${at}`, `Product ${at}`, at === 4 ? '?' : String(run)));
    let deaths = 0;
    for (let isDead = true; isDead; deaths += 1) {
      const version = deaths + 1;
      const id = await begin(fileOf(...pricesOf(version)));
      isDead = await dies(live(deaths));
      toolbox.clock.advance(MINUTE);
      await live();
      const done = await job(id);
      expect(done).toMatchObject({ state: 'done', position: ROWS, counts: { rejected: 1 } });
      expect((await rejected(id)).map(({ line }) => line)).toEqual([6]);
      expect(await names()).toHaveLength(ROWS - 1);
      const announced = (await toolbox.announced()).map(({ aggregate_version }) => aggregate_version);
      expect(announced.filter((one) => one === version)).toHaveLength(ROWS - 1);
      expect(announced).toHaveLength(version * (ROWS - 1));
    }
    expect(deaths).toBeGreaterThan(5);
  });
});

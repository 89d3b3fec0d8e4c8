import { beforeEach, describe, expect, it } from 'vitest';
import { Outage } from '#adapters/resilience/policy.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { storesWith } from '#test/kit/toolbox.ts';
import { CHUNK } from '../core/application/run-import.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';
import { fakeInventory } from './stock.rig.ts';

const inventory = fakeInventory();
const PRODUCTS = CHUNK + 10;
const HEAD = 'name,category,subcategory,brand,sku,price,currency,stock_adjustment';
const fileOf = (delta: string): string =>
  [HEAD, ...Array.from({ length: PRODUCTS }, (_, at) => `P,C,S,B,SKU-${at},1,EUR,${delta}`)].join('\n');

describe.each(storesWith('mongo'))('an import that adjusts stock in %s', (store) => {
  const service = serviceForEachTest(catalog, { store, clients: { inventory: inventory.client } });
  const { ask, upload, check, start, work, importFile } = importsOf(service, 'inventory_manager');

  /** Stores the first batch of an import; its adjustments are still to be made. */
  const beginInOutage = async (): Promise<string> => {
    const id = await upload(fileOf('2'));
    await check(id);
    inventory.state.isAway = true;
    await expect(start(id)).rejects.toThrow(Outage);
    return id;
  };

  beforeEach(async () => {
    inventory.reset();
    await importFile(fileOf(''));
  });

  it('waits while the inventory is unavailable, however long, and then continues', async () => {
    const id = await beginInOutage();
    for (let attempt = 0; attempt < 10; attempt += 1) await expect(work()).rejects.toThrow(Outage);
    expect((await ask('GET', `/${id}`)).body).toMatchObject({
      state: 'running',
      rows_done: CHUNK,
      stock_pending: CHUNK,
      counts: { rejected: 0, stock_adjusted: 0 },
    });
    inventory.state.isAway = false;
    await work();
    expect((await ask('GET', `/${id}`)).body).toMatchObject({
      state: 'done',
      stock_pending: 0,
      counts: { unchanged: PRODUCTS, rejected: 0, stock_adjusted: PRODUCTS },
    });
    expect([...inventory.units.values()]).toEqual(Array.from({ length: PRODUCTS }, () => 2));
  });

  it('does not fail while it owes adjustments, even if the inventory refuses to talk', async () => {
    const id = await beginInOutage();
    Object.assign(inventory.state, { isAway: false, status: 403 });
    for (let attempt = 0; attempt < 6; attempt += 1) await expect(work()).rejects.toThrow('returned 403');
    inventory.state.status = 200;
    await work();
    expect((await ask('GET', `/${id}`)).body).toMatchObject({
      state: 'done',
      counts: { stock_adjusted: PRODUCTS },
    });
  });

  it('makes the adjustments of stored rows when it is cancelled, and only those', async () => {
    const id = await beginInOutage();
    expect((await ask('POST', `/${id}/cancel`)).body).toMatchObject({
      state: 'cancelled',
      stock_pending: CHUNK,
    });
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 409, body: { code: 'IMPORT_STATE' } });
    inventory.state.isAway = false;
    await work();
    const { body } = await ask('GET', `/${id}`);
    expect(body).toMatchObject({ state: 'cancelled', stock_pending: 0, counts: { stock_adjusted: CHUNK } });
    expect(inventory.units.size).toBe(CHUNK);
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204 });
  });
});

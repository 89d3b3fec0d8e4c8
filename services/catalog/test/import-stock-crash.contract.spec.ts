import { describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { catalog } from '../main/module.ts';
import { dies, importProcesses } from './import-process.rig.ts';
import { fakeInventory } from './stock.rig.ts';

const PRODUCTS = 45;
const skuOf = (at: number): string => `SKU-${at}`;
/** Rejected by its reader, refused by the inventory, or one unit more for each. */
const deltaOf = (at: number): string => (at % 20 === 7 ? 'x' : at % 20 === 3 ? '-5' : String(at + 1));
const HEAD = 'name,category,subcategory,brand,sku,price,currency,stock_adjustment';
const fileOf = (deltas: (at: number) => string): Uint8Array =>
  Buffer.from(
    [HEAD, ...Array.from({ length: PRODUCTS }, (_, at) => `P,C,S,B,${skuOf(at)},1,EUR,${deltas(at)}`)].join(
      '\n',
    ),
  );

describe.each(storesWith('mongo'))('an import in %s', (store) => {
  it('adjusts the stock of each SKU once, wherever its process dies', async () => {
    const toolbox = await openToolbox(store, catalog);
    const inventory = fakeInventory();
    const { begin, live, job, rejected } = importProcesses(toolbox, {
      perChunk: 20,
      inventory: inventory.client,
    });
    await begin(fileOf(() => ''));
    await live();

    const all = Array.from({ length: PRODUCTS }, (_, at) => at);
    const adjusted = all.filter((at) => /^\d/.test(deltaOf(at)));
    const listed = all.filter((at) => !adjusted.includes(at)).map((at) => at + 2);
    const stride = store === 'mongo' ? 7 : 1;
    let deaths = 0;
    for (let isDead = true; isDead; deaths += stride) {
      inventory.reset();
      const id = await begin(fileOf(deltaOf));
      isDead = await dies(live(deaths));
      toolbox.clock.advance(MINUTE);
      await live();
      expect(inventory.made().map(({ sku, delta }) => [sku, delta])).toEqual(
        adjusted.map((at) => [skuOf(at), at + 1]),
      );
      const done = await job(id);
      expect(done?.pending).toBeUndefined();
      expect(done).toMatchObject({
        state: 'done',
        position: PRODUCTS,
        counts: { rejected: listed.length, stockAdjusted: adjusted.length },
      });
      expect((await rejected(id)).map(({ line }) => line)).toEqual(listed);
    }
    expect(deaths).toBeGreaterThan(10);
  });
});

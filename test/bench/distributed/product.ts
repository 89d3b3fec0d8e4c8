import { rate, type Figure } from '../figures.ts';
import { expressPerSecond } from '../floors/express.ts';
import { measure } from '../load.ts';
import { call, read } from '../shop/http.ts';
import { itemFor } from '../shop/products.ts';
import { READERS_AT_ONCE } from '../shop/under-load.ts';
import type { DistributedRig } from './rig.ts';

/** A product from the catalog's own process: request validated, read from its store, no gateway, no cache. */
export const product = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const { urlOf, items, importedPerSecond } = await rig.shop();
  const urlAt = (turn: number): string =>
    `${urlOf('catalog')}/api/v1/products/${itemFor(items, turn).product_id}`;
  const load = { workers: READERS_AT_ONCE, seconds: rig.seconds };
  const floor = await expressPerSecond(load, await call('GET', urlAt(0)));
  const measured = await measure(load, (turn) => read(urlAt(turn)));
  return [
    rate('product read, at the catalog', measured, { floor }),
    { what: 'products imported, until the inventory knows', value: importedPerSecond, unit: '/s' },
  ];
};

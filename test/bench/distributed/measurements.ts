import type { Measurement } from '../figures.ts';
import { measureJourneys, memoryFigures } from '../shop/journey.ts';
import { measureBurst } from '../shop/orders.ts';
import { cart } from './cart.ts';
import { commit } from './commit.ts';
import { gateway } from './gateway.ts';
import { hotItem } from './hot-item.ts';
import { product } from './product.ts';
import { relay } from './relay.ts';
import type { DistributedRig } from './rig.ts';

const ORDERS_PER_SECOND = 40;
const AIMS = { accepted: { atLeast: 0.05 }, confirmed: { atLeast: 0.01 } };

/** What is measured of one process per service, in this order: first what needs engines alone, while nothing else runs. */
export const DISTRIBUTED: readonly Measurement<DistributedRig>[] = [
  { name: 'commit', measure: commit },
  { name: 'hot-item', measure: hotItem },
  { name: 'relay', measure: relay },
  { name: 'product', measure: product },
  { name: 'gateway', measure: gateway },
  { name: 'cart', measure: cart },
  {
    name: 'orders',
    measure: async (rig) => {
      const [floor, shop] = [await rig.inserts(), await rig.shop()];
      const orders = Math.ceil(rig.seconds * ORDERS_PER_SECOND);
      return measureBurst(shop, { orders, floor, hasKeys: true, aims: AIMS });
    },
  },
  {
    name: 'journey',
    measure: async (rig) => {
      const [floor, shop] = [await rig.inserts(), await rig.shop()];
      return measureJourneys(shop, rig.seconds * 2, floor);
    },
  },
  { name: 'memory', measure: async (rig) => memoryFigures(await rig.shop()) },
];

import { systemIds } from '#adapters/system/ids.ts';
import type { Figure } from '../figures.ts';
import { atRate, summarize } from '../load.ts';
import { read } from '../shop/http.ts';
import { tokenFor } from '../shop/shoppers.ts';
import type { DistributedRig } from './rig.ts';

const PER_SECOND = 200;
/** Stretches with and without take turns, so that what else the machine does hits both. */
const TURNS = 4;

/** The same read of a cart (never cached) with and without the gateway in front, at a rate that leaves both time. */
export const gateway = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const shop = await rig.shop();
  const userId = systemIds.next();
  const token = await tokenFor(shop.sign, userId);
  const path = `/api/v1/cart/${userId}`;
  const taken = { direct: [] as number[], through: [] as number[] };
  const stretch = async (into: number[], base: string, seconds: number): Promise<void> => {
    into.push(...(await atRate({ perSecond: PER_SECOND, seconds }, () => read(base + path, token))));
  };
  await stretch([], shop.urlOf('cart'), 0.5);
  await stretch([], shop.url, 0.5);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await stretch(taken.direct, shop.urlOf('cart'), rig.seconds / TURNS);
    await stretch(taken.through, shop.url, rig.seconds / TURNS);
  }
  const direct = summarize(taken.direct, rig.seconds);
  const through = summarize(taken.through, rig.seconds);
  return [
    { what: `cart read at ${PER_SECOND}/s, at the cart`, value: direct.p50Ms, unit: 'ms', latencies: direct },
    { what: `cart read at ${PER_SECOND}/s, by the gateway`, value: through.p50Ms, unit: 'ms', latencies: through },
    { what: 'gateway adds, p50', value: through.p50Ms - direct.p50Ms, unit: 'ms', aim: { atMost: 2 } },
    { what: 'gateway adds, p99', value: through.p99Ms - direct.p99Ms, unit: 'ms' },
  ]; // prettier-ignore
};

import { commit, type Command } from '#adapters/redis/commit.ts';
import { RedisConnection } from '#adapters/redis/connection.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { eventAbout } from '#test/kit/events.ts';
import { rate, type Figure, type Floor } from '../figures.ts';
import { expressPerSecond } from '../floors/express.ts';
import { measure, type Load } from '../load.ts';
import { call } from '../shop/http.ts';
import { itemFor, type Item } from '../shop/products.ts';
import { tokenFor } from '../shop/shoppers.ts';
import { ADDERS, itemToAdd, READERS_AT_ONCE } from '../shop/under-load.ts';
import type { DistributedRig } from './rig.ts';

const AIM = { atLeast: 0.3 };

/** Adding to a cart by the cart's own HTTP route, which asks catalog and inventory and writes to Redis by a script. */
export const cart = async (rig: DistributedRig): Promise<readonly Figure[]> => {
  const { urlOf, items, sign } = await rig.shop();
  const users = Array.from({ length: ADDERS }, () => systemIds.next());
  const adders = await Promise.all(
    users.map(async (userId) => ({ userId, token: await tokenFor(sign, userId) })),
  );
  const load = { workers: READERS_AT_ONCE, seconds: rig.seconds };
  const add = async (turn: number): Promise<unknown> => {
    const adder = adders[turn % ADDERS];
    if (!adder) throw new Error('no shoppers');
    const item = itemToAdd(items, turn);
    const url = `${urlOf('cart')}/api/v1/cart/${adder.userId}/items`;
    return call('POST', url, { token: adder.token, body: { ...item, quantity: 1 } });
  };
  const answered = await add(0);
  const added = await measure(load, add);
  const script = await scriptsPerSecond(rig.engines.redis.url, load, users[0] ?? '', itemFor(items, 0));
  const express = await expressPerSecond(load, answered);
  return [
    rate('add to cart, at the cart', added, { floor: script, aim: AIM }),
    { what: 'add to cart, at the cart', value: added.perSecond, unit: '/s', floor: express, aim: AIM },
  ];
};

/** The script that commits a cart's change, run by the same client with a cart as the shop has left it. */
const scriptsPerSecond = async (
  url: string,
  load: Load,
  cartId: string,
  { product_id, variant_id }: Item,
): Promise<Floor> => {
  const connection = new RedisConnection({ url, timeoutMs: 10_000, onError: () => undefined });
  const [key, versionKey] = [`cart:{${cartId}}`, `cart:{${cartId}}:version`];
  const [document, version] = await connection.run((client) => client.mget(key, versionKey));
  if (document === null || document === undefined || version === null || version === undefined)
    throw new Error('the cart was not found in Redis');
  const item = { user_id: cartId, product_id, variant_id, price: 10 };
  const event = eventAbout(cartId, 'cart.item_added', item);
  const outbox = 'bench:outbox';
  const basis = new Map([
    [`bench:${key}`, document],
    [`bench:${versionKey}`, version],
  ]);
  const commands: readonly Command[] = [
    ['SET', `bench:${key}`, document, 'PX', 30 * DAY],
    ['SET', `bench:${versionKey}`, version],
    ['XADD', outbox, '0-*', 'event', JSON.stringify(event)],
  ];
  await commit(connection, new Map(), commands);
  const { perSecond } = await measure(load, () => commit(connection, basis, commands));
  await connection.run((client) => client.del(outbox));
  await connection.close();
  return { what: 'its script, straight on Redis', value: perSecond };
};

import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#adapters/service/module.ts';
import { after, DAY } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { connectRedis } from '#test/kit/redis.ts';
import { openToolbox, START, type TestToolbox } from '#test/kit/toolbox.ts';
import type { Cart } from '../core/domain/cart.ts';
import type { CartTx } from '../core/ports/cart-tx.ts';
import { cart as module } from '../main/module.ts';
import { aCart, aCartItem, anId, anOffer, makeNeighbours } from './cart.mother.ts';
import { openCarts } from './carts.rig.ts';
import { anOwner, concurrentCarts, makeInstance } from './concurrent.contract.ts';

const another = (toolbox: TestToolbox<Store>): TestToolbox<Store> => {
  const { store } = toolbox;
  if (store.kind !== 'redis') throw new Error('not Redis');
  return { ...toolbox, store: { ...store, connection: connectRedis() } };
};

concurrentCarts('redis', another);

describe('a cart in Redis', () => {
  const toolbox = forEachTest(() => openToolbox('redis', module, { clients: neighbours.clients }));
  let unitOfWork: UnitOfWork<CartTx>;
  const neighbours = makeNeighbours();

  beforeEach(() => {
    ({ unitOfWork } = openCarts(toolbox));
  });

  const save = (cart: Cart): Promise<void> => unitOfWork.run((tx) => tx.carts.save(cart));
  const find = async ({ cartId }: Cart): Promise<Cart | undefined> =>
    (await unitOfWork.run((tx) => tx.carts.find([cartId]))).get(cartId);

  it('loses none of 200 items that two instances add at once', async () => {
    const owner = anOwner();
    const instances = [toolbox, another(toolbox)].map((own) => makeInstance(own, neighbours));
    const offers = Array.from({ length: 4 }, () => neighbours.sell(anOffer(), 99));
    const added = await Promise.all(
      offers.flatMap((offer) =>
        Array.from({ length: 25 }, () =>
          instances.map((instance) => instance.addItem({ owner, ...offer, quantity: 1 })),
        ).flat(),
      ),
    );
    expect(added.filter(({ ok }) => !ok)).toEqual([]);
    const cart = await instances[0]?.getCart(owner);
    expect(cart?.version).toBe(200);
    expect(cart?.items.map(({ quantity }) => quantity)).toEqual([50, 50, 50, 50]);
    const announced = await toolbox.announced();
    expect(announced.map(({ aggregate_version }) => aggregate_version)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
  });

  // The clock of the tests stands still, the server's goes on.
  const aboutToExpire = after(START, -30 * DAY + 20);

  it('of a guest is deleted when it expires', async () => {
    const cart = aCart({ userId: undefined, items: [aCartItem()], updatedAt: aboutToExpire });
    await save(cart);
    await until(async () => (await find(cart)) === undefined);
  });

  it('of a user is emptied when it expires, and keeps its version', async () => {
    const cart = aCart({ version: 7, items: [aCartItem()], updatedAt: aboutToExpire });
    await save(cart);
    const expired = await until(async () => {
      const found = await find(cart);
      return found?.items.length === 0 ? found : undefined;
    });
    expect(expired).toEqual({ ...cart, items: [] });
    await save({ ...cart, version: 8, updatedAt: START }).catch(() => undefined);
    expect((await find(cart))?.version).toBe(7); // nobody had looked for it
    await unitOfWork.run(async (tx) => {
      await tx.carts.find([cart.cartId]);
      await tx.carts.save({ ...cart, version: 8, updatedAt: START });
    });
    expect((await find(cart))?.version).toBe(8);
  });

  it('expires 30 days after its last change, and the items removed by an order after 90', async () => {
    const cart = aCart({ updatedAt: START });
    const orderId = anId();
    await save(cart);
    await unitOfWork.run((tx) =>
      tx.orders.save({ orderId, cartId: cart.cartId, state: 'taken', taken: [] }, START),
    );
    const { store } = toolbox;
    if (store.kind !== 'redis') throw new Error('not Redis');
    const daysOf = async (key: string): Promise<number> =>
      Math.ceil((await store.connection.run((client) => client.pttl(key))) / DAY);
    expect(await daysOf(`cart:{${cart.cartId}}`)).toBe(30);
    expect(await daysOf(`cart-service:order:${orderId}`)).toBe(90);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import type { Cart } from '../core/domain/cart.ts';
import type { CartTx } from '../core/ports/cart-tx.ts';
import { cart as module } from '../main/module.ts';
import { aCart, aCartItem, anId, events } from './cart.mother.ts';
import { openCarts } from './carts.rig.ts';

describe.each(storesWith('redis'))('events of orders consumed by the cart in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, module));
  let unitOfWork: UnitOfWork<CartTx>;
  let consumer: Subscription;
  const full = () => aCart({ items: [aCartItem({ quantity: 3 }), aCartItem()] });

  beforeEach(async () => {
    const { consumers = [] } = await module.compose(toolbox);
    const [first] = consumers;
    if (!first) throw new Error('no consumer');
    consumer = first;
    ({ unitOfWork } = openCarts(toolbox));
  });

  const hear = (...batch: readonly EventEnvelope[]): Promise<void> => consumer.handle(batch);
  const save = (...carts: readonly Cart[]): Promise<void> =>
    unitOfWork.run(async (tx) => {
      await tx.carts.find(carts.map(({ cartId }) => cartId));
      for (const cart of carts) await tx.carts.save(cart);
    });
  const cartOf = async ({ cartId }: Cart): Promise<Cart | undefined> =>
    (await unitOfWork.run((tx) => tx.carts.find([cartId]))).get(cartId);

  it('empty the ordered cart, once', async () => {
    const cart = full();
    const order = { orderId: anId(), cart };
    await save(cart);
    await hear(events.placed(order));
    await hear(events.placed(order));
    expect(await cartOf(cart)).toMatchObject({ version: 2, items: [] });
  });

  it('keep in a changed cart the items that were not ordered', async () => {
    const cart = full();
    const since = aCartItem();
    await save(cart);
    await save({ ...cart, version: 2, items: [...cart.items, since] });
    await hear(events.placed({ orderId: anId(), cart }));
    expect(await cartOf(cart)).toMatchObject({ version: 3, items: [since] });
  });

  it('restore the items of a failed order, once, to the current cart', async () => {
    const cart = full();
    const order = { orderId: anId(), cart };
    const since = aCartItem();
    await save(cart);
    await hear(events.placed(order));
    await save({ ...cart, version: 3, items: [since] });
    await hear(events.cancelled(order));
    await hear(events.cancelled(order));
    expect(await cartOf(cart)).toMatchObject({ version: 4, items: [since, ...cart.items] });
  });

  it('do not change the cart if the cancellation arrives first', async () => {
    const cart = full();
    const order = { orderId: anId(), cart };
    await save(cart);
    await hear(events.cancelled(order));
    await hear(events.placed(order));
    expect(await cartOf(cart)).toEqual(cart);
  });

  it.each(['in order', 'in reverse order'])('may be a batch of many orders and carts, %s', async (way) => {
    const [emptied, failed, alsoFailed] = [full(), full(), full()];
    const orders = [emptied, failed, alsoFailed].map((cart) => ({ orderId: anId(), cart }));
    const batch = [
      ...orders.map(events.placed),
      ...orders.slice(1).map(events.cancelled),
      ...orders.map(events.placed),
      ...orders.slice(1).map(events.cancelled),
    ];
    await save(emptied, failed, alsoFailed);
    await hear(...(way === 'in order' ? batch : batch.toReversed()));
    expect(await cartOf(emptied)).toMatchObject({ version: 2, items: [] });
    expect(await cartOf(failed)).toMatchObject({ items: failed.items });
    expect(await cartOf(alsoFailed)).toMatchObject({ items: alsoFailed.items });
    expect(await toolbox.stores.deadLetters.list(10)).toEqual([]);
  });

  it('have no effect if the cart no longer exists', async () => {
    const cart = full();
    const order = { orderId: anId(), cart, userId: anId() };
    await hear(events.placed(order));
    await hear(events.cancelled(order));
    expect(await cartOf(cart)).toBeUndefined();
    expect(await toolbox.stores.deadLetters.list(10)).toEqual([]);
  });
});

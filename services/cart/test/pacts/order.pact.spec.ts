import { beforeEach, expect, it } from 'vitest';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryRepositories } from '../../adapters/memory/memory-carts.ts';
import type { CartTx } from '../../core/ports/cart-tx.ts';
import { cart as module } from '../../main/module.ts';
import { aCart, aCartItem, events } from '../cart.mother.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';
const VARIANT = '0190a000-0000-7000-8000-000000000002';
const USER = '0190a000-0000-7000-8000-000000000003';

describeContract('cart', 'order', (contract) => {
  const subscriber = forEachTest(() => openSubscriber(module));
  let unitOfWork: UnitOfWork<CartTx>;
  const cart = aCart({ cartId: USER, version: 1, items: [aCartItem({ variantId: VARIANT, quantity: 2 })] });
  const cartNow = async () => (await unitOfWork.run(({ carts }) => carts.find([USER]))).get(USER);
  const about = { order_id: uuid(ORDER), cart_id: uuid(USER), customer: { user_id: uuid(USER) } };

  beforeEach(async () => {
    const { toolbox, database } = subscriber;
    unitOfWork = memoryUnitOfWork(toolbox, database, memoryRepositories);
    await unitOfWork.run(async ({ carts }) => {
      await carts.find([USER]);
      await carts.save(cart);
    });
  });

  it('what was ordered of which cart, to take it out', () =>
    contract.hears(
      'order.placed',
      {
        ...about,
        cart_version: integer(1),
        items: eachLike({ variant_id: uuid(VARIANT), quantity: integer(2) }),
      },
      async (event) => {
        await subscriber.hear(event);
        expect(await cartNow()).toMatchObject({ version: 2, items: [] });
      },
    ));

  it('that an order failed, to put back what it had taken', () =>
    contract.hears('order.cancelled', about, async (event) => {
      await subscriber.hear(events.placed({ orderId: ORDER, cart }));
      await subscriber.hear(event);
      expect(await cartNow()).toMatchObject({ version: 3, items: cart.items });
    }));
});

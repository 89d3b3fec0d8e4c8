import { describe, expect, it } from 'vitest';
import type { Store } from '#adapters/service/module.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, type AnyStoreName, type TestToolbox } from '#test/kit/toolbox.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { httpStock } from '../adapters/clients/inventory.http.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeAddItem } from '../core/application/add-item.ts';
import { makeGetCart } from '../core/application/load-cart.ts';
import { makeMergeCart } from '../core/application/merge-cart.ts';
import { makeUnitsOfCart } from '../core/application/units-of-cart.ts';
import { cart as module } from '../main/module.ts';
import { anId, anOffer, events, makeNeighbours } from './cart.mother.ts';
import { openCarts } from './carts.rig.ts';

type AnyToolbox = TestToolbox<Store>;

export const anOwner = () => {
  const cartId = anId();
  return { cartId, userId: cartId };
};

/** An instance of the service, beside others on the same store. */
export const makeInstance = (
  toolbox: AnyToolbox,
  { clients: { catalog, inventory } }: ReturnType<typeof makeNeighbours>,
) => {
  const { ids, clock } = toolbox;
  const { unitOfWork } = openCarts(toolbox);
  const units = makeUnitsOfCart(unitOfWork);
  const getCart = makeGetCart(unitOfWork, clock);
  return {
    getCart,
    addItem: makeAddItem(units, httpCatalog(catalog), httpStock(inventory), ids, clock, toWire),
    mergeCart: makeMergeCart(units, clock),
  };
};

/** @param another the same store, as another process has it */
export const concurrentCarts = (
  store: AnyStoreName,
  another: (toolbox: AnyToolbox) => AnyToolbox = (toolbox) => toolbox,
): void => {
  describe(`concurrent use of one cart in ${store}`, () => {
    const toolbox = forEachTest(() => openToolbox(store, module, { clients: neighbours.clients }));
    const neighbours = makeNeighbours();

    const twoInstances = () => [toolbox, another(toolbox)].map((own) => makeInstance(own, neighbours));

    it('keeps the items that two instances add at the same time, even the very first', async () => {
      const owner = anOwner();
      const instances = twoInstances();
      const offers = [anOffer(), anOffer()].map((offer) => neighbours.sell(offer, 99));
      for (const round of [1, 2, 3]) {
        const added = await Promise.all(
          instances.map((instance, index) => {
            const offer = offers[index] ?? anOffer();
            return instance.addItem({ owner, ...offer, quantity: 1 });
          }),
        );
        expect(added).toMatchObject([{ ok: true }, { ok: true }]);
        const cart = await instances[0]?.getCart(owner);
        expect(cart?.version).toBe(round * 2);
        expect(cart?.items.map(({ quantity }) => quantity)).toEqual([round, round]);
      }
    });

    it('keeps each of thirty additions of one shopper', async () => {
      const owner = anOwner();
      const instance = makeInstance(toolbox, neighbours);
      const offer = neighbours.sell(anOffer(), 99);
      const added = await Promise.all(
        Array.from({ length: 30 }, () => instance.addItem({ owner, ...offer, quantity: 1 })),
      );
      expect(added.every(({ ok }) => ok)).toBe(true);
      expect(await instance.getCart(owner)).toMatchObject({ version: 30, items: [{ quantity: 30 }] });
      expect(await toolbox.announced()).toHaveLength(30);
    });

    it('adds once for an Idempotency-Key that two instances get at once, and both return the same', async () => {
      const owner = anOwner();
      const offer = neighbours.sell(anOffer(), 99);
      const key = { principal: 'user', operation: 'addItem', key: 'the-only-one', fingerprint: 'same' };
      const answers = await Promise.all(
        twoInstances().map((instance) => instance.addItem({ owner, ...offer, quantity: 1 }, key)),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({ value: { version: 1, items: [{ quantity: 1 }] } });
      expect(await toolbox.announced()).toHaveLength(1);
    });

    it('merges a guest’s cart once, even if two instances try', async () => {
      const [owner, guest] = [anOwner(), { cartId: anId(), userId: undefined }];
      const instances = twoInstances();
      const offer = neighbours.sell(anOffer(), 99);
      await instances[0]?.addItem({ owner: guest, ...offer, quantity: 2 });
      await Promise.all(instances.map((instance) => instance.mergeCart(owner, guest.cartId)));
      expect(await instances[0]?.getCart(owner)).toMatchObject({ version: 1, items: [{ quantity: 2 }] });
    });

    it('removes an order from the cart once, even if it is placed, cancelled and added to at the same time', async () => {
      const owner = anOwner();
      const instance = makeInstance(toolbox, neighbours);
      const [ordered, since] = [anOffer(), anOffer()].map((offer) => neighbours.sell(offer, 99));
      if (!ordered || !since) throw new Error('two offers');
      await instance.addItem({ owner, ...ordered, quantity: 2 });
      const order = { orderId: anId(), cart: await instance.getCart(owner) };
      const hear = async (event: EventEnvelope): Promise<void> => {
        const { consumers = [] } = await module.compose(toolbox);
        await consumers[0]?.handle([event]);
      };
      await Promise.all([
        hear(events.placed(order)),
        hear(events.placed(order)),
        instance.addItem({ owner, ...since, quantity: 1 }),
        hear(events.cancelled(order)),
      ]);
      const { items } = await instance.getCart(owner);
      expect(new Map(items.map(({ variantId, quantity }) => [variantId, quantity]))).toEqual(
        new Map([[ordered.variantId, 2], [since.variantId, 1]]), // prettier-ignore
      );
      expect(await toolbox.stores.deadLetters.list(10)).toEqual([]);
    });
  });
};

import { beforeEach, describe, expect, it } from 'vitest';
import { after, DAY } from '#kernel/clock.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox, START, storesWith } from '#test/kit/toolbox.ts';
import type { Cart } from '../core/domain/cart.ts';
import type { OrderRecord } from '../core/domain/ordered.ts';
import type { CartExpiry, CartTx } from '../core/ports/cart-tx.ts';
import { cart as module } from '../main/module.ts';
import { aCart, aCartItem, anId } from './cart.mother.ts';
import { openCarts } from './carts.rig.ts';

describe.each(storesWith('redis'))('carts in %s', (store) => {
  let unitOfWork: UnitOfWork<CartTx>;
  let expiry: CartExpiry;

  beforeEach(async () => {
    ({ unitOfWork, expiry } = openCarts(await openToolbox(store, module)));
  });

  /** As a unit does: looks first, then saves. */
  const save = (...carts: readonly Cart[]): Promise<void> =>
    unitOfWork.run(async (tx) => {
      await tx.carts.find(carts.map(({ cartId }) => cartId));
      for (const cart of carts) await tx.carts.save(cart);
    });
  const find = async (...carts: readonly Pick<Cart, 'cartId'>[]): Promise<(Cart | undefined)[]> => {
    const found = await unitOfWork.run((tx) => tx.carts.find(carts.map(({ cartId }) => cartId)));
    return carts.map(({ cartId }) => found.get(cartId));
  };
  const record = (changes: Partial<OrderRecord> = {}): OrderRecord => ({
    orderId: anId(),
    cartId: anId(),
    state: 'taken',
    taken: [],
    ...changes,
  });
  const saveRecord = (one: OrderRecord, at = START): Promise<void> =>
    unitOfWork.run((tx) => tx.orders.save(one, at));
  const findRecords = async (...ids: readonly string[]) => unitOfWork.run((tx) => tx.orders.find(ids));

  it('are stored as they were saved, for users and for guests', async () => {
    const users = aCart({ items: [aCartItem(), aCartItem({ image: undefined, stockChecked: false })] });
    const guests = aCart({ userId: undefined, isClosed: true });
    await save(users, guests);
    expect(await find(users, guests, { cartId: anId() })).toEqual([users, guests, undefined]);
  });

  it('are replaced by their next version only', async () => {
    const cart = aCart();
    await save(cart);
    const next = { ...cart, version: 2, items: [aCartItem()], updatedAt: after(START, DAY) };
    await save(next);
    expect(await find(cart)).toEqual([next]);
  });

  it('are read inside a unit as the unit has saved them, and may be saved again', async () => {
    const [known, fresh] = [aCart(), aCart()];
    await save(known);
    const seen = await unitOfWork.run(async ({ carts }) => {
      await carts.find([known.cartId, fresh.cartId]);
      await carts.save({ ...known, version: 2 });
      await carts.save(fresh);
      const found = await carts.find([known.cartId, fresh.cartId]);
      await carts.save({ ...known, version: 3 });
      return [...found.values()];
    });
    expect(new Set(seen)).toEqual(new Set([{ ...known, version: 2 }, fresh]));
    expect(await find(known, fresh)).toEqual([{ ...known, version: 3 }, fresh]);
  });

  it('conflict if one exists that was not read', async () => {
    const cart = aCart();
    await save(cart);
    await expect(unitOfWork.run((tx) => tx.carts.save(cart))).rejects.toThrow(VersionConflict);
  });

  it('are unchanged when the unit fails', async () => {
    const cart = aCart();
    const failed = unitOfWork.run(async ({ carts }) => {
      await carts.save(cart);
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(await find(cart)).toEqual([undefined]);
  });

  describe('and their orders', () => {
    it('are recorded once; removed items may be returned', async () => {
      const taken = record({ taken: [aCartItem()] });
      const cancelled = record({ state: 'cancelled' });
      await saveRecord(taken);
      await saveRecord(cancelled);
      expect(await findRecords(taken.orderId, cancelled.orderId, anId())).toEqual(
        new Map([taken, cancelled].map((one) => [one.orderId, one])),
      );
      const returned = record({ ...taken, state: 'returned', taken: [] });
      await saveRecord(returned);
      expect(await findRecords(taken.orderId)).toEqual(new Map([[taken.orderId, returned]]));
      for (const late of [taken, returned, record({ ...cancelled, state: 'taken' })])
        await expect(saveRecord(late)).rejects.toThrow(VersionConflict);
    });

    it('are read inside a unit as the unit has recorded them', async () => {
      const one = record();
      const seen = await unitOfWork.run(async ({ orders }) => {
        await orders.save(one, START);
        const found = await orders.find([one.orderId]);
        await orders.save({ ...one, state: 'returned' }, START);
        return found;
      });
      expect(seen).toEqual(new Map([[one.orderId, one]]));
      expect(await findRecords(one.orderId)).toMatchObject(
        new Map([[one.orderId, { ...one, state: 'returned' }]]),
      );
    });
  });

  // Nobody moves a server's clock: what Redis does about time is seen in redis.engines.spec.ts.
  (store === 'redis' ? describe.skip : describe)('in time', () => {
    it('expire: a guest’s is deleted, a user’s is emptied and keeps its version, newer ones stay', async () => {
      const items = [aCartItem()];
      const [users, guests, young] = [
        aCart({ items }),
        aCart({ items, userId: undefined }),
        aCart({ items, userId: undefined, updatedAt: after(START, 1) }),
      ];
      await save(users, guests, young);
      await expiry.sweep(after(START, 30 * DAY));
      expect(await find(users, guests, young)).toEqual([{ ...users, items: [] }, undefined, young]);
    });

    it('forget old orders', async () => {
      const [old, young] = [record(), record()];
      await saveRecord(old);
      await saveRecord(young, after(START, 1));
      await expiry.sweep(after(START, 90 * DAY));
      expect([...(await findRecords(old.orderId, young.orderId)).keys()]).toEqual([young.orderId]);
    });
  });
});

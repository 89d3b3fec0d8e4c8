import { beforeEach, describe, expect, it } from 'vitest';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { after, MINUTE } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, START, STORES, type TestToolbox } from '#test/kit/toolbox.ts';
import { memoryRepositories, memoryStockQueries } from '../adapters/memory/inventory.memory.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import type { Adjustment } from '../core/domain/adjustment.ts';
import type { Shelf, StockItem } from '../core/domain/stock.ts';
import type { InventoryTx } from '../core/ports/inventory-tx.ts';
import type { StockQueries } from '../core/ports/stock-queries.ts';
import { inventory } from '../main/module.ts';
import { anId, anItem, aReservation, goodsOf, lineOf, shelfOf, variantOf } from './inventory.mother.ts';

const open = (toolbox: TestToolbox): { unitOfWork: UnitOfWork<InventoryTx>; queries: StockQueries } => {
  const { store } = toolbox;
  return store.kind === 'memory'
    ? {
        unitOfWork: memoryUnitOfWork(toolbox, store.database, memoryRepositories),
        queries: memoryStockQueries(store.database),
      }
    : {
        unitOfWork: sqlUnitOfWork(toolbox, store, postgresRepositories),
        queries: postgresStockQueries(store.database),
      };
};

describe.each(STORES)('the inventory in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, inventory));
  let unitOfWork: UnitOfWork<InventoryTx>;
  let queries: StockQueries;
  const add = (...items: readonly StockItem[]): Promise<void> =>
    unitOfWork.run(async ({ stock }) => {
      await stock.save(items.map(shelfOf));
      await stock.saveVariants(items.map(variantOf));
    });
  const find = async (...items: readonly StockItem[]): Promise<(StockItem | undefined)[]> => {
    const found = await queries.ofVariants(items.map(({ variantId }) => variantId));
    return items.map(({ variantId }) => found.find((item) => item.variantId === variantId));
  };

  beforeEach(() => {
    ({ unitOfWork, queries } = open(toolbox));
  });

  describe('stock', () => {
    it('is stored as it was added', async () => {
      const items = [anItem({ reserved: 3, withdrawn: true, version: 7 }), anItem()];
      await add(...items);
      expect(await find(...items)).toEqual(items);
    });

    it('is locked by variant, by product and by SKU, with all variants of the shelf', async () => {
      const [a, b, c] = [anItem(), anItem(), anItem()];
      const sibling = anItem({ productId: a.productId });
      const sameGoods = { ...b, variantId: anId(), productId: anId(), withdrawn: true };
      await add(a, b, c, sibling, anItem());
      await unitOfWork.run(({ stock }) => stock.saveVariants([variantOf(sameGoods)]));
      const goods = await unitOfWork.run(({ stock }) =>
        stock.lock({
          variantIds: [b.variantId, anId()],
          productIds: [a.productId],
          skus: [c.sku, 'UNKNOWN'],
        }),
      );
      expect(goods).toEqual(goodsOf(a, b, c, sibling, sameGoods));
    });

    it('is not locked by an empty selection', async () => {
      expect(await unitOfWork.run(({ stock }) => stock.lock({}))).toEqual(goodsOf());
    });

    it('is read inside a unit as the unit has saved it; the last save counts', async () => {
      const item = anItem();
      await add(item);
      const seen = await unitOfWork.run(async ({ stock }) => {
        const reserveOne = async (wish: Parameters<typeof stock.lock>[0]): Promise<Shelf | undefined> => {
          const shelf = (await stock.lock(wish)).shelves.get(item.sku);
          if (shelf)
            await stock.save([{ ...shelf, reserved: shelf.reserved + 1, version: shelf.version + 1 }]);
          return shelf;
        };
        await reserveOne({ variantIds: [item.variantId] });
        return reserveOne({ productIds: [item.productId] });
      });
      expect(seen).toEqual({ ...shelfOf(item), reserved: 1, version: 2 });
      expect(await find(item)).toEqual([{ ...item, reserved: 2, version: 3 }]);
    });

    it('may be added and changed in one unit', async () => {
      const [item, other] = [anItem(), anItem()];
      await add(other);
      await unitOfWork.run(async ({ stock }) => {
        await stock.lock({ variantIds: [item.variantId, other.variantId], skus: [item.sku] });
        await stock.save([shelfOf(item)]);
        await stock.saveVariants([variantOf(item)]);
        await stock.save([
          { ...shelfOf(item), stock: 3, version: 2 },
          { ...shelfOf(other), stock: 1, version: 2 },
        ]);
        await stock.saveVariants([
          { ...variantOf(item), withdrawn: true },
          { ...variantOf(other), withdrawn: true },
        ]);
      });
      expect(await find(item, other)).toEqual([
        { ...item, stock: 3, withdrawn: true, version: 2 },
        { ...other, stock: 1, withdrawn: true, version: 2 },
      ]);
    });

    it('is one shelf for all variants of a SKU, and listed as the one on sale', async () => {
      const [oldest = '', older = '', newest = ''] = [anId(), anId(), anId()].sort();
      const gone = anItem({ variantId: oldest, withdrawn: true, stock: 9 });
      const sold = { ...gone, variantId: older, productId: anId(), withdrawn: false };
      const goneLater = { ...gone, variantId: newest, productId: sold.productId };
      await add(gone);
      await unitOfWork.run(({ stock }) => stock.saveVariants([variantOf(sold), variantOf(goneLater)]));
      expect(await find(gone, sold)).toEqual([gone, sold]);
      expect(await queries.ofProduct(sold.productId)).toEqual([sold, goneLater]);
      expect(await allPages((wish) => queries.page({ ...wish, low: false }))).toEqual([sold]);
      await unitOfWork.run(({ stock }) => stock.saveVariants([{ ...variantOf(sold), withdrawn: true }]));
      expect(await allPages((wish) => queries.page({ ...wish, low: false }))).toEqual([goneLater]);
    });

    it('is unchanged when the unit fails', async () => {
      const item = anItem();
      await add(item);
      const failed = unitOfWork.run(async ({ stock }) => {
        await stock.lock({ variantIds: [item.variantId] });
        await stock.save([{ ...shelfOf(item), stock: 0 }]);
        throw new Error('broken');
      });
      await expect(failed).rejects.toThrow('broken');
      expect(await find(item)).toEqual([item]);
    });

    it('is listed by SKU, page by page, on request only low stock', async () => {
      const plenty = anItem({ sku: 'B-1' });
      const low = anItem({ sku: 'a-1', stock: 5 });
      const soldOut = anItem({ sku: 'C-1', stock: 4, reserved: 4 });
      const withdrawn = anItem({ sku: 'A-1', stock: 0, withdrawn: true });
      await add(plenty, low, soldOut, withdrawn);
      expect(await allPages((wish) => queries.page({ ...wish, low: false }))).toEqual([
        withdrawn,
        plenty,
        soldOut,
        low,
      ]);
      expect(await allPages((wish) => queries.page({ ...wish, low: true }))).toEqual([soldOut, low]);
    });

    it('is listed once, even if many variants have the same SKU', async () => {
      await forgetIndexes(store, toolbox.store);
      await add(...TIED.map((variantId) => anItem({ variantId, sku: 'SAME' })));
      for (const limit of [1, 3]) {
        const found = await allPages((wish) => queries.page({ ...wish, low: false }), limit);
        expect(found.map(({ sku }) => sku)).toEqual(['SAME']);
      }
    });

    it('is listed per product by SKU', async () => {
      const productId = anId();
      const [b, a] = [anItem({ productId, sku: 'B' }), anItem({ productId, sku: 'A' })];
      await add(b, a, anItem());
      expect(await queries.ofProduct(productId)).toEqual([a, b]);
    });

    it('refuses a cursor of another list', async () => {
      await add(anItem(), anItem());
      const page = await queries.page({ limit: 1, low: false });
      const cursor = page.ok ? page.value.next : undefined;
      expect(cursor).toBeDefined();
      for (const answer of [
        await queries.page({ limit: 1, low: true, cursor }),
        await queries.adjustments(anId(), { limit: 1, cursor }),
      ])
        expect(answer).toMatchObject({ error: { code: 'INVALID_CURSOR' } });
    });
  });

  describe('reservations', () => {
    it('are stored per order and attempt, and replaced by saving them again', async () => {
      const first = aReservation({ lines: [lineOf(anItem(), 2)] });
      const second = aReservation({ orderId: first.orderId, attempt: 2, status: 'refused' });
      await unitOfWork.run(({ reservations }) => reservations.save([first, second, aReservation()]));
      await unitOfWork.run(async ({ reservations }) => {
        await reservations.find([first.orderId]);
        await reservations.save([{ ...first, status: 'released' }]);
        await reservations.save([{ ...first, status: 'committed' }]);
      });
      const found = await unitOfWork.run(({ reservations }) => reservations.find([first.orderId, anId()]));
      expect(new Set(found)).toEqual(new Set([{ ...first, status: 'committed' }, second]));
    });

    it('are read inside a unit as the unit has saved them', async () => {
      const reservation = aReservation();
      const seen = await unitOfWork.run(async ({ reservations }) => {
        await reservations.save([reservation]);
        return reservations.find([reservation.orderId]);
      });
      expect(seen).toEqual([reservation]);
    });
  });

  describe('versions of products', () => {
    it('are 0 before any event, then as saved', async () => {
      const [a, b] = [anId(), anId()];
      const before = await unitOfWork.run(async ({ products }) => {
        const versions = await products.lock([a, b, a]);
        await products.save(new Map([[a, 3]]));
        return versions;
      });
      expect(before).toEqual(new Map([[a, 0], [b, 0]])); // prettier-ignore
      const later = await unitOfWork.run(async ({ products }) => ({
        none: await products.lock([]),
        both: await products.lock([a, b]),
      }));
      expect(later).toEqual({ none: new Map(), both: new Map([[a, 3], [b, 0]]) }); // prettier-ignore
    });
  });

  describe('the audit', () => {
    const anAdjustment = (changes: Partial<Adjustment>): Adjustment => ({
      adjustmentId: anId(),
      variantId: anId(),
      delta: 1,
      reason: 'Counted',
      adjustedBy: 'staff',
      orderId: undefined,
      stock: 20,
      adjustedAt: START,
      ...changes,
    });

    it('lists a variant’s adjustments, newest first, page by page', async () => {
      const item = anItem();
      await add(item);
      const adjustments = [0, 1, 2].map((minute) =>
        anAdjustment({
          variantId: item.variantId,
          orderId: minute === 0 ? anId() : undefined,
          adjustedAt: after(START, minute * MINUTE),
        }),
      );
      await unitOfWork.run(async (tx) => {
        for (const adjustment of adjustments) await tx.adjustments.add([adjustment]);
      });
      expect(await allPages((wish) => queries.adjustments(item.variantId, wish))).toEqual(
        adjustments.toReversed(),
      );
      const sameGoods = { ...variantOf(item), variantId: anId() };
      await unitOfWork.run(({ stock }) => stock.saveVariants([sameGoods]));
      expect(await allPages((wish) => queries.adjustments(sameGoods.variantId, wish))).toEqual(
        adjustments.toReversed(),
      );
      expect(await allPages((wish) => queries.adjustments(anId(), wish))).toEqual([]);
      expect(await queries.adjustment(adjustments[0]?.adjustmentId ?? '')).toEqual(adjustments[0]);
      expect(await queries.adjustment(anId())).toBeUndefined();
    });

    it('lists adjustments of the same time once each', async () => {
      await forgetIndexes(store, toolbox.store);
      const item = anItem();
      await add(item);
      const { variantId } = item;
      const adjustments = TIED.map((adjustmentId) => anAdjustment({ adjustmentId, variantId }));
      await unitOfWork.run((tx) => tx.adjustments.add(adjustments));
      await expectTiesInOrder(
        (wish) => queries.adjustments(variantId, wish),
        ({ adjustmentId }) => adjustmentId,
        DESCENDING,
      );
    });
  });
});

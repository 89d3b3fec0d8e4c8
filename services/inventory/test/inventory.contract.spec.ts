import { beforeEach, describe, expect, it } from 'vitest';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { after, MINUTE } from '#kernel/clock.ts';
import type { PageRequest } from '#kernel/pages.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, START, STORES, type TestToolbox } from '#test/kit/toolbox.ts';
import { memoryRepositories, memoryStockQueries } from '../adapters/memory/inventory.memory.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import type { Adjustment } from '../core/domain/adjustment.ts';
import type { Label, LabelFilter } from '../core/domain/label.ts';
import type { Reservation } from '../core/domain/reservation.ts';
import type { Shelf, StockItem } from '../core/domain/stock.ts';
import type { InventoryTx } from '../core/ports/inventory-tx.ts';
import type { LogFilter, StockQueries } from '../core/ports/stock-queries.ts';
import { inventory } from '../main/module.ts';
import {
  aLabel,
  anId,
  anItem,
  aReservation,
  goodsOf,
  lineOf,
  shelfOf,
  variantOf,
} from './inventory.mother.ts';

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

  describe('labels', () => {
    const OAK = { name: 'Crème desk lamp', attributes: { Colour: 'Oak' }, categoryIds: ['home', 'lamps'] };
    const label = async (item: StockItem, changes: Partial<Label> = {}): Promise<Label> => {
      const { variantId, sku } = item;
      const made = aLabel({ variantId, sku, ...changes });
      await unitOfWork.run(({ labels }) => labels.save([made]));
      return made;
    };
    const found = async (filter: LabelFilter): Promise<string[]> =>
      (await allPages((wish) => queries.page({ ...wish, ...filter, low: false }))).map(({ sku }) => sku);

    it('are stored as they are, and listed with the stock', async () => {
      const [plain, pictured, bare] = [anItem(), anItem(), anItem()];
      await add(plain, pictured, bare);
      const labels = [await label(plain), await label(pictured, { ...OAK, image: '/oak.svg' })];
      const listed = await allPages((wish) => queries.page({ ...wish, low: false }));
      expect(listed).toEqual([
        { ...plain, label: labels[0] },
        { ...pictured, label: labels[1] },
        { ...bare, label: undefined },
      ]);
    });

    it('are replaced by saving them again; the last save counts', async () => {
      const item = anItem();
      await add(item);
      const first = await label(item, OAK);
      await unitOfWork.run(async ({ labels }) => {
        await labels.save([{ ...first, name: 'Lost' }]);
        await labels.save([]);
        await labels.save([{ ...first, name: 'Floor lamp', image: '/floor.svg' }]);
      });
      expect(await found({ q: 'floor' })).toEqual([item.sku]);
      expect(await found({ q: 'creme' })).toEqual([]);
    });

    it('find stock by beginnings of words of name, attributes and SKU, and by category', async () => {
      const oak = anItem({ sku: 'LAMP-OAK' });
      const chair = anItem({ sku: "CHAIR-'1\\2" });
      await add(oak, chair, anItem({ sku: 'UNLABELLED' }));
      await label(oak, OAK);
      await label(chair, { name: 'Chair', attributes: {}, categoryIds: ['home', 'chairs'] });
      expect(await found({ q: 'creme LAMP' })).toEqual(['LAMP-OAK']);
      expect(await found({ q: 'oa' })).toEqual(['LAMP-OAK']);
      expect(await found({ q: 'amp' })).toEqual([]);
      expect(await found({ q: "chair-'1\\" })).toEqual([chair.sku]);
      expect(await found({ categoryId: 'home' })).toEqual([chair.sku, 'LAMP-OAK']);
      expect(await found({ categoryId: 'lamps', q: 'lamp' })).toEqual(['LAMP-OAK']);
      expect(await found({ categoryId: 'lamps', q: 'chair' })).toEqual([]);
      expect(await found({ q: ' ' })).toHaveLength(3);
    });

    it('find a SKU by the variant that it is listed with only', async () => {
      const gone = anItem({ withdrawn: true });
      const sold = { ...gone, variantId: anId(), productId: anId(), withdrawn: false };
      await add(gone);
      await unitOfWork.run(({ stock }) => stock.saveVariants([variantOf(sold)]));
      await label(gone, { name: 'Former name' });
      await label(sold, { name: 'Present name' });
      expect(await found({ q: 'former' })).toEqual([]);
      expect(await found({ q: 'present' })).toEqual([gone.sku]);
    });
  });

  describe('reservations', () => {
    const reserve = (...reserved: readonly Reservation[]): Promise<void> =>
      unitOfWork.run(({ reservations }) => reservations.save(reserved));

    it('that hold units of a SKU are listed, the newest order first, page by page', async () => {
      const item = anItem();
      const sameGoods = { ...item, variantId: anId(), withdrawn: true };
      await add(item, anItem());
      await unitOfWork.run(({ stock }) => stock.saveVariants([variantOf(sameGoods)]));
      const [first = '', second = '', third = ''] = [anId(), anId(), anId()].sort();
      const lines = [lineOf(item, 2), lineOf(anItem(), 9), lineOf(sameGoods, 1)];
      await reserve(
        aReservation({ orderId: first, lines: [lineOf(item, 4)] }),
        aReservation({ orderId: second, lines }),
        aReservation({ orderId: second, attempt: 2, lines: [lineOf(item, 5)] }),
        aReservation({ orderId: third, lines: [lineOf(sameGoods, 7)] }),
        ...(['committed', 'released', 'refused', 'restocked', 'dispatched'] as const).map((status) =>
          aReservation({ status, lines }),
        ),
        aReservation({ lines: [lineOf(anItem(), 1)] }),
      );
      for (const { variantId } of [item, sameGoods])
        expect(await allPages((wish) => queries.reservations(variantId, wish), 1)).toEqual([
          { orderId: third, attempt: 1, quantity: 7 },
          { orderId: second, attempt: 2, quantity: 5 },
          { orderId: second, attempt: 1, quantity: 3 },
          { orderId: first, attempt: 1, quantity: 4 },
        ]);
      expect(await allPages((wish) => queries.reservations(anId(), wish))).toEqual([]);
    });

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
      const adjustments = [0, 1, 2].map((minute) => ({
        ...anAdjustment({
          variantId: item.variantId,
          orderId: minute === 0 ? anId() : undefined,
          adjustedAt: after(START, minute * MINUTE),
        }),
        sku: item.sku,
        name: undefined,
      }));
      await unitOfWork.run(async (tx) => {
        for (const { sku: _, name: __, ...adjustment } of adjustments) await tx.adjustments.add([adjustment]);
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

    it('lists those of all SKUs by SKU, kind, reason, actor and time', async () => {
      const [lamp, chair] = [anItem({ sku: 'LAMP' }), anItem({ sku: 'CHAIR' })];
      await add(lamp, chair);
      const { variantId, sku } = chair;
      await unitOfWork.run(({ labels }) => labels.save([aLabel({ variantId, sku, name: 'Chair' })]));
      const at = (minute: number): Date => after(START, minute * MINUTE);
      const counted = anAdjustment({ variantId: lamp.variantId, adjustedAt: at(0) });
      const found = anAdjustment({ variantId, adjustedAt: at(1), reason: 'Found', adjustedBy: 'other' });
      const returned = anAdjustment({ variantId, adjustedAt: at(2), orderId: anId(), adjustedBy: 'system' });
      await unitOfWork.run((tx) => tx.adjustments.add([returned, counted, found]));
      const listed = async (filter: LogFilter) =>
        (await allPages((wish) => queries.log({ ...wish, ...filter }), 1)).map((line) => line.adjustmentId);
      const idsOf = (...lines: readonly Adjustment[]) => lines.map(({ adjustmentId }) => adjustmentId);
      expect(await allPages((wish) => queries.log(wish))).toEqual([
        { ...returned, sku: 'CHAIR', name: 'Chair' },
        { ...found, sku: 'CHAIR', name: 'Chair' },
        { ...counted, sku: 'LAMP', name: undefined },
      ]);
      expect(await listed({ sku: 'CHAIR' })).toEqual(idsOf(returned, found));
      expect(await listed({ kind: 'return' })).toEqual(idsOf(returned));
      expect(await listed({ kind: 'correction' })).toEqual(idsOf(found, counted));
      expect(await listed({ reason: 'Found' })).toEqual(idsOf(found));
      expect(await listed({ adjustedBy: 'staff' })).toEqual(idsOf(counted));
      expect(await listed({ from: at(1), to: at(2) })).toEqual(idsOf(found));
      expect(await listed({ sku: 'LAMP', kind: 'return' })).toEqual([]);
    });

    it('lists adjustments of the same time once each', async () => {
      await forgetIndexes(store, toolbox.store);
      const item = anItem();
      await add(item);
      const { variantId } = item;
      const adjustments = TIED.map((adjustmentId) => anAdjustment({ adjustmentId, variantId }));
      await unitOfWork.run((tx) => tx.adjustments.add(adjustments));
      for (const list of [(wish: PageRequest) => queries.adjustments(variantId, wish), queries.log])
        await expectTiesInOrder(list, ({ adjustmentId }) => adjustmentId, DESCENDING);
    });
  });
});

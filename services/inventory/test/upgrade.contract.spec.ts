import { expect } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import { makeLabelStock } from '../core/application/label-stock.ts';
import { makePublishAvailability, makePublishCounts } from '../core/application/publish-stock.ts';
import type { Catalog } from '../core/ports/catalog.ts';
import { inventory } from '../main/module.ts';
import { aLabel } from './inventory.mother.ts';

const idOf = (last: number): string => `00000000-0000-7000-8000-0000000000${last}`;
const PRODUCT = '00000000-0000-7000-8000-000000000001';
const [BLUE, RED] = [idOf(11), idOf(12)];
const LINES = [{ productId: PRODUCT, variantId: BLUE, quantity: 2 }];

upgradeContract(inventory, {
  '0001-stock': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const queries = postgresStockQueries(store.database);
    const common = { productId: PRODUCT, lowStockThreshold: 5 };
    expect(await queries.ofProduct(PRODUCT)).toEqual([
      { ...common, variantId: BLUE, sku: 'MUG-BLUE', stock: 20, reserved: 2, withdrawn: false, version: 3 },
      { ...common, variantId: RED, sku: 'MUG-RED', stock: 0, reserved: 0, withdrawn: true, version: 1 },
    ]);
    expect(await queries.adjustments(BLUE, { limit: 9 })).toMatchObject({
      value: {
        items: [
          {
            adjustmentId: idOf(31),
            variantId: BLUE,
            delta: 22,
            reason: 'a delivery',
            adjustedBy: idOf(41),
            stock: 22,
            adjustedAt: new Date('2026-02-01T10:00:00Z'),
          },
        ],
      },
    });
    const [reserved, left, cancelled] = [idOf(21), idOf(22), idOf(23)];
    await sqlUnitOfWork(toolbox, store, postgresRepositories).run(async ({ reservations, products }) => {
      const found = await reservations.find([reserved, left, cancelled]);
      expect(found.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))).toEqual([
        { orderId: reserved, attempt: 1, status: 'reserved', lines: LINES },
        { orderId: left, attempt: 1, status: 'committed', lines: LINES },
        { orderId: cancelled, attempt: 0, status: 'released', lines: [] },
      ]);
      expect(await products.lock([PRODUCT])).toEqual(new Map([[PRODUCT, 4]]));
      await reservations.save([{ orderId: left, attempt: 1, status: 'restocked', lines: LINES }]);
    });
  },
  '0002-restocked': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const queries = postgresStockQueries(store.database);
    const OTHER = '00000000-0000-7000-8000-000000000002';
    const item = (id: number, sku: string, counts: object) => ({
      variantId: idOf(id),
      productId: PRODUCT,
      sku,
      ...counts,
    });
    const [blue, red, green] = [
      { stock: 16, reserved: 3, lowStockThreshold: 7, version: 6 },
      { stock: 20, reserved: 0, lowStockThreshold: 5, version: 3 },
      { stock: 2, reserved: 2, lowStockThreshold: 5, version: 15 },
    ];
    expect(await queries.ofProduct(PRODUCT)).toEqual([
      item(11, 'MUG-BLUE', { ...blue, withdrawn: true }),
      item(14, 'MUG-BLUE', { ...blue, withdrawn: false }),
      item(13, 'MUG-GREEN', { ...green, withdrawn: true }),
      item(12, 'MUG-RED', { ...red, withdrawn: true }),
      item(15, 'MUG-RED', { ...red, withdrawn: false }),
    ]);
    expect(await queries.page({ limit: 9, low: true })).toMatchObject({
      value: { items: [{ variantId: idOf(16), productId: OTHER, ...green }] },
    });
    expect(await queries.adjustments(idOf(16), { limit: 9 })).toMatchObject({
      value: { items: [{ adjustmentId: idOf(31), variantId: idOf(13), orderId: idOf(24) }] },
    });
    const unitOfWork = sqlUnitOfWork(toolbox, store, postgresRepositories);
    await makePublishAvailability(unitOfWork, toWire)();
    await makePublishAvailability(unitOfWork, toWire)();
    const announced = await toolbox.announced();
    expect(
      announced.flatMap((event) =>
        event.event_type === 'inventory.availability_changed' ? event.payload : [],
      ),
    ).toEqual([
      { sku: 'MUG-BLUE', version: 6, is_available: true },
      { sku: 'MUG-RED', version: 3, is_available: true },
    ]);
  },
  '0003-stock-by-sku': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const queries = postgresStockQueries(store.database);
    const found = async (q: string): Promise<readonly (string | undefined)[]> => {
      const page = await queries.page({ limit: 9, low: false, q });
      return page.ok ? page.value.items.map(({ label }) => label?.name) : [];
    };
    const GREEN_PRODUCT = '00000000-0000-7000-8000-000000000002';
    const asked: string[][] = [];
    const catalog: Catalog = {
      labels: async (productIds) => {
        asked.push([...productIds].sort());
        return Promise.resolve([
          aLabel({ variantId: idOf(14), sku: 'MUG-BLUE', name: 'Blue mug' }),
          aLabel({ variantId: idOf(16), sku: 'MUG-GREEN', name: 'Outdated mug' }),
        ]);
      },
    };
    const unitOfWork = sqlUnitOfWork(toolbox, store, postgresRepositories);
    // An event that arrives before the catalog is asked.
    const newer = aLabel({ variantId: idOf(16), sku: 'MUG-GREEN', name: 'Green mug' });
    await unitOfWork.run(({ labels }) => labels.save([newer]));
    expect(await found('mug')).toEqual(['Green mug']);
    await makeLabelStock(unitOfWork, catalog)();
    await makeLabelStock(unitOfWork, catalog)();
    expect(asked).toEqual([[PRODUCT, GREEN_PRODUCT]]);
    expect(await found('mug')).toEqual(['Blue mug', 'Green mug']);
    expect(await queries.reservations(idOf(11), { limit: 9 })).toMatchObject({
      value: { items: [{ orderId: idOf(22), attempt: 1, quantity: 3 }] },
    });
    expect(await queries.log({ limit: 9 })).toMatchObject({
      value: { items: [{ adjustmentId: idOf(31), sku: 'MUG-BLUE', name: 'MUG-BLUE' }] },
    });
  },
  '0004-labels': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const publish = makePublishCounts(
      sqlUnitOfWork(toolbox, store, postgresRepositories),
      toolbox.clock,
      toWire,
    );
    await publish();
    await publish();
    const announced = await toolbox.announced();
    expect(
      announced.flatMap((event) => (event.event_type === 'inventory.stock_changed' ? event.payload : [])),
    ).toMatchObject([
      { sku: 'MUG-BLUE', variant_id: idOf(14), version: 6, on_hand: 16 },
      { sku: 'MUG-GREEN', variant_id: idOf(16), version: 15, on_hand: 0 },
    ]);
  },
});

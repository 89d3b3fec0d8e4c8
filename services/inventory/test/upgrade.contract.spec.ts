import { expect } from '@jest/globals';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import { inventory } from '../main/module.ts';

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
});

import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countsOf, type Publication } from '../domain/events.ts';
import { isAvailable } from '../domain/stock.ts';
import { targetOf } from '../domain/stock-change.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** SKUs in one unit of work. */
const BATCH = 100;

/** Publishes which SKUs are available whose stock is older than that event. */
export const makePublishAvailability =
  (unitOfWork: UnitOfWork<InventoryTx>, toWire: ToWire<Publication>) => async (): Promise<void> => {
    const publishSome = (): Promise<number> =>
      unitOfWork.run(async ({ unpublished, stock, outbox }) => {
        const skus = await unpublished.first(BATCH);
        const { shelves } = await stock.lock({ skus });
        for (const shelf of [...shelves.values()].filter(isAvailable)) {
          const event = { type: 'availability_changed', shelf } as const;
          await outbox.add(toWire({ type: 'inventory.availability_changed', event }));
        }
        await unpublished.remove(skus);
        return skus.length;
      });
    while ((await publishSome()) === BATCH);
  };

/** Publishes the counts of SKUs whose stock is older than that event. */
export const makePublishCounts =
  (unitOfWork: UnitOfWork<InventoryTx>, clock: Clock, toWire: ToWire<Publication>) =>
  async (): Promise<void> => {
    const publishSome = (): Promise<number> =>
      unitOfWork.run(async ({ uncounted, stock, outbox }) => {
        const skus = await uncounted.first(BATCH);
        const goods = await stock.lock({ skus });
        const items = skus.flatMap((sku) => targetOf(goods, { sku }) ?? []);
        for (const event of countsOf(items, clock.now()))
          await outbox.add(toWire({ type: 'inventory.stock_changed', event }));
        await uncounted.remove(skus);
        return skus.length;
      });
    while ((await publishSome()) === BATCH);
  };

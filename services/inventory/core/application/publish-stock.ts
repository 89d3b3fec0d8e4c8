import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { isAvailable } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** SKUs in one unit of work. */
const BATCH = 100;

/** Publishes which SKUs are available whose stock is older than that event. */
export const makePublishStock =
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

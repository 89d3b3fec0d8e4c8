import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryRepositories, memoryStockQueries } from '../../adapters/memory/inventory.memory.ts';
import { inventory } from '../../main/module.ts';
import { anItem, lineOf, events, shelfOf, variantOf } from '../inventory.mother.ts';

export const ORDER = '0190a000-0000-7000-8000-000000000001';
export const PRODUCT = '0190a000-0000-7000-8000-000000000002';
export const VARIANT = '0190a000-0000-7000-8000-000000000003';

/** An inventory with 20 units of a variant. */
export const openStock = async () => {
  const { toolbox, database, hear } = await openSubscriber(inventory);
  const queries = memoryStockQueries(database);
  const item = anItem({ productId: PRODUCT, variantId: VARIANT, sku: 'KET-RED', stock: 20 });
  await memoryUnitOfWork(toolbox, database, memoryRepositories).run(async ({ stock }) => {
    await stock.save([shelfOf(item)]);
    await stock.saveVariants([variantOf(item)]);
  });
  return {
    hear,
    item,
    /** An order of two units. */
    order: (): Promise<void> => hear(events.placed(ORDER, [lineOf(item, 2)])),
    /** Stock and reserved units after the event. */
    after: async (event: EventEnvelope): Promise<readonly number[]> => {
      await hear(event);
      return (await queries.ofVariants([VARIANT])).flatMap(({ stock, reserved }) => [stock, reserved]);
    },
    ofProduct: queries.ofProduct,
  };
};

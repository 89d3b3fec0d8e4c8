import { describe } from 'vitest';
import type { EventEnvelope } from '#kernel/events.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { inventory } from '../../main/module.ts';
import { anId, anItem, lineOf, events } from '../inventory.mother.ts';

describe('the inventory', () => {
  const service = serviceForEachTest(inventory);
  const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
    for (const consumer of service.consumers) await consumer.handle(events);
  };
  /** The catalog publishes a product with one variant and its initial stock. */
  const stock = async (units: number) => {
    const item = anItem({ stock: units });
    await hear(events.product([item]));
    return { item, order: (quantity: number) => hear(events.placed(anId(), [lineOf(item, quantity)])) };
  };

  keepsItsContracts('inventory', () => ({
    service,
    states: {
      'a variant is in stock': async () => {
        const { item } = await stock(7);
        return { variant_id: item.variantId, sku: item.sku };
      },
      'nothing is in stock': async () => undefined,
      'there is an item with a SKU that begins with SKU': async () => {
        await stock(7);
        return undefined;
      },
    },
    events: {
      ...announcing(service.toolbox.announced, {
        'inventory.reserved': async () => (await stock(7)).order(2),
        'inventory.availability_changed': async () => {
          await stock(7);
        },
        'inventory.stock_changed': async () => {
          await stock(7);
        },
        'inventory.low_stock': async () => (await stock(7)).order(2),
        'inventory.out_of_stock': async () => (await stock(1)).order(2),
      }),
      ...announcing(service.toolbox.audited, {
        'staff.acted': async () => {
          const { item } = await stock(7);
          await service.send('PUT', `/api/v1/inventory/variants/${item.variantId}/threshold`, {
            token: await service.toolbox.tokenOf(anId(), 'inventory_manager'),
            body: { low_stock_threshold: 3 },
          });
        },
      }),
    },
  }));
});

import { describe, expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { inventory } from '../main/module.ts';
import { anItem, events } from './inventory.mother.ts';

/** PGlite takes the SQL of PostgreSQL, and longer to start than these tests take. */
describe.each(STORES.filter((store) => store !== 'pglite'))('in %s', (store) => {
  const service = serviceForEachTest(inventory, { store });

  it('each change of stock by staff is in the audit trail, and none by others', async () => {
    const item = anItem({ stock: 7 });
    for (const consumer of service.consumers) await consumer.handle([events.product([item])]);
    const token = await service.toolbox.tokenOf('u-1', 'inventory_manager');
    const variant = `/api/v1/inventory/variants/${item.variantId}`;
    await service.send('POST', `${variant}/adjustments`, { token, body: { delta: 5, reason: 'Found' } });
    await service.send('PUT', `${variant}/threshold`, { token, body: { low_stock_threshold: 3 } });
    expect(await actsIn(service.toolbox)).toEqual([
      { did: 'adjustStock: stock', before: { version: 1, stock: 7 }, after: { version: 2, stock: 12 } },
      {
        did: 'setThreshold: stock',
        before: { version: 2, lowStockThreshold: 5 },
        after: { version: 3, lowStockThreshold: 3 },
      },
    ]);
    const [first] = await service.toolbox.audited();
    expect(first?.payload).toMatchObject({ reason: 'Found', subject: { kind: 'stock', id: item.sku } });
    expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(inventory));
  });
});

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
    const { sku } = item;
    const headers = { 'audit-reason': 'Season' };
    await service.send('POST', '/api/v1/inventory/adjustments', {
      token,
      body: {
        reason: 'Counted',
        items: [
          { sku, set: 9, reason: 'Shelf 4' },
          { sku: 'UNKNOWN', set: 1 },
        ],
      },
    });
    await service.send('PATCH', '/api/v1/inventory/thresholds', {
      token,
      headers,
      body: { items: [{ sku, low_stock_threshold: 4 }] },
    });
    expect(await actsIn(service.toolbox)).toEqual([
      { did: 'adjustStock: stock', before: { version: 1, stock: 7 }, after: { version: 2, stock: 12 } },
      {
        did: 'setThreshold: stock',
        before: { version: 2, lowStockThreshold: 5 },
        after: { version: 3, lowStockThreshold: 3 },
      },
      { did: 'changeCounts: stock', before: { version: 3, stock: 12 }, after: { version: 4, stock: 9 } },
      {
        did: 'changeThresholds: stock',
        before: { version: 4, lowStockThreshold: 3 },
        after: { version: 5, lowStockThreshold: 4 },
      },
    ]);
    const acts = await service.toolbox.audited();
    expect(acts[0]?.payload).toMatchObject({ reason: 'Found', subject: { kind: 'stock', id: sku } });
    expect(acts.slice(2).map(({ payload }) => payload.reason)).toEqual(['Counted', 'Season']);
    expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(inventory));
  });
});

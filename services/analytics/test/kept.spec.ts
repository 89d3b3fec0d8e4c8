import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { atEnd, temporaryFolder } from '#test/kit/cleanup.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openTestService } from '#test/kit/http.ts';
import { analytics as module } from '../main/module.ts';

it('what a shop of one process has counted is in its file after a restart', async () => {
  const env = { ANALYTICS_FILE: join(temporaryFolder(), 'new', 'warehouse') };
  const open = () => openTestService('pglite', module, { env });
  const productId = systemIds.next();
  const viewed = eventAbout(productId, 'product.viewed', {
    product_id: productId,
    views: 3,
    viewed_at: '2026-03-01T10:00:00Z',
  });
  const first = await open();
  for (const consumer of first.consumers) await consumer.handle([viewed]);
  for (const attachment of first.attachments) await attachment.stop();

  const second = await open();
  atEnd(async () => {
    for (const attachment of second.attachments) await attachment.stop();
  });
  const token = await second.toolbox.tokenOf('u-1', 'order_manager');
  expect((await second.send('GET', '/api/v1/staff/analytics/top-products', { token })).body.items).toEqual([
    { product_id: productId, orders: 0, units: 0, revenue: [], views: 3 },
  ]);
});

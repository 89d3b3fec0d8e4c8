import { expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { search } from '../main/module.ts';

const service = serviceForEachTest(search);

it('metrics show what is pending, what the index took, and how long that lasted', async () => {
  const productId = systemIds.next();
  const product = { product_id: productId, version: 1, name: 'Lamp', variants: [{ currency: 'EUR' }] };
  for (const consumer of service.consumers)
    await consumer.handle([eventAbout(productId, 'product.created', product)]);
  const { metrics } = service.toolbox;
  expect(await metrics.text()).toContain('listings_pending{service="search"} 1');
  for (const attachment of service.attachments) {
    await attachment.start();
    atEnd(() => attachment.stop());
  }
  await until(async () => (await metrics.text()).includes('listings_pending{service="search"} 0'));
  await until(async () => (await metrics.text()).includes('index_lag_seconds_count{service="search"} 1'));
  expect(await metrics.text()).toContain('listings_indexed_total{outcome="taken",service="search"} 1');
});

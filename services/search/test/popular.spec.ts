import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { MINUTE } from '#kernel/clock.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { search as module } from '../main/module.ts';

describe('a query that was asked often', () => {
  const service = serviceForEachTest(module, { env: { SEARCH_POPULAR_FROM: '2' } });
  const suggestions = async (): Promise<unknown> =>
    (await service.send('GET', '/api/v1/search/suggestions?q=de')).body.queries;

  it('is suggested', async () => {
    for (const attachment of service.attachments) {
      await attachment.start();
      atEnd(() => attachment.stop());
    }
    const productId = systemIds.next();
    const product = { product_id: productId, version: 1, name: 'Desk Lamp', variants: [{ currency: 'EUR' }] };
    for (const consumer of service.consumers)
      await consumer.handle([eventAbout(productId, 'product.created', product)]);
    const ask = (): Promise<Answered> => service.send('GET', '/api/v1/search?q=desk%20%20Lamp');
    await until(async () => (await ask()).body.total === 1);
    expect(await suggestions()).toEqual([]);
    await ask();
    await ask();
    for (const attachment of service.attachments) await attachment.stop(); // stores what was counted
    service.toolbox.clock.advance(MINUTE);
    expect(await suggestions()).toEqual(['desk lamp']);
  });
});

import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { opensearch } from '#scripts/engines/opensearch.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { search } from '../main/module.ts';

let engine: PrivateEngine;
let service: TestService;

beforeAll(async () => {
  engine = await startPrivateEngine(opensearch);
  const { url } = z.object({ url: z.string() }).parse(engine.addresses);
  const env = { OPENSEARCH_URL: url, OPENSEARCH_TIMEOUT_MS: '5000' };
  service = await openTestService('memory', search, { env });
  for (const attachment of service.attachments) {
    await attachment.start();
    atEnd(() => attachment.stop());
  }
});

const announce = async (name: string): Promise<void> => {
  const productId = systemIds.next();
  const variants = [{ sku: `SKU-${name}`, price: 20, currency: 'EUR', attributes: {} }];
  const event = eventAbout(
    productId,
    'product.created',
    { product_id: productId, version: 1, name, variants },
    1,
  );
  for (const consumer of service.consumers) await consumer.handle([event]);
};
const find = (): Promise<Answered> => service.send('GET', '/api/v1/search?q=lamp');
const untilFound = (products: number): Promise<Answered> =>
  until(async () => {
    const answer = await find();
    return answer.body.total === products && answer;
  });

it('searches are unavailable without OpenSearch, and catch up when it is back', async () => {
  await announce('Lamp');
  await untilFound(1);
  await engine.kill();
  expect(await find()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  await announce('Lamp');
  expect(await find()).toMatchObject({ status: 503 });
  await engine.revive();
  await untilFound(2);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { keptLog, type KeptLog } from '#test/kit/log.ts';
import { openGateway, type TestGateway } from './stub.ts';

/** Stands for private data wherever a client can put it. */
const SECRET = 'ada%40example.com';

describe('the access log', () => {
  let log: KeptLog;
  let gateway: TestGateway;
  beforeEach(async () => {
    log = keptLog();
    gateway = await openGateway({}, undefined, undefined, log.logger);
  });

  const entries = (): Record<string, unknown>[] =>
    log.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ path }) => path !== undefined);

  it('shows the caller, the request and the status', async () => {
    const token = await gateway.userToken();
    await gateway.send('GET', '/api/v1/cart', { token, headers: { 'x-correlation-id': 'c-1' } });
    await until(() => entries().length === 1);
    const [entry] = entries();
    expect(entry).toMatchObject({ method: 'GET', path: '/api/v1/cart', status: 200, client: 'user:u-1', correlation_id: 'c-1' }); // prettier-ignore
  });

  it.each([
    ['with a response', 'GET', '/api/v1/products', 200],
    ['without a route', 'GET', '/reset', 404],
    ['that is refused', 'POST', '/api/v1/products', 401],
    ['whose service is down', 'POST', '/api/v1/down', 503],
    ['of a page of the gateway itself', 'GET', '/docs', 200],
  ])('never contains query, headers or body of a request %s', async (_, method, path, status) => {
    const answer = await gateway.send(method, `${path}?token=${SECRET}&to=${SECRET}`, {
      headers: { 'x-cart-token': SECRET, cookie: SECRET },
      ...(method === 'POST' ? { body: { email: SECRET } } : {}),
    });
    await until(() => entries().length > 0);
    expect(answer.status).toBe(status);
    expect(entries()[0]).toMatchObject({ method, path, status });
    expect(log.lines.join('')).not.toContain(SECRET);
    expect(decodeURIComponent(log.lines.join(''))).not.toContain(decodeURIComponent(SECRET));
  });
});

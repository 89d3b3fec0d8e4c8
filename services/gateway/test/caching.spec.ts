import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { openGateway } from './stub.ts';

const ID = systemIds.next();
const gateway = forEachTest(() => openGateway());
beforeEach(() => {
  gateway.answerCounting({ date: 'Mon, 01 Jan 2001 00:00:00 GMT', 'x-correlation-id': 'of the service' });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Answered> =>
  gateway.send('GET', path, { headers });
const count = async (path: string, headers?: Record<string, string>): Promise<unknown> =>
  (await get(path, headers)).body.count;

describe('a public response', () => {
  it('is served from the cache, whatever the order of the query', async () => {
    expect(await count('/api/v1/products?b=2&a=1')).toBe(1);
    expect(await count('/api/v1/products?a=1&b=2')).toBe(1);
    expect(await count('/api/v1/products?a=1&b=2&utm_source=mail&_=17')).toBe(1);
    expect(await count('/api/v1/products?a=1')).toBe(2);
    expect(await count('/api/v1/products')).toBe(3);
  });

  it('is fetched once for concurrent requests', async () => {
    const counts = await Promise.all([1, 2, 3].map(() => count('/api/v1/products')));
    expect(counts).toEqual([1, 1, 1]);
  });

  it('has the same headers as a fresh one', async () => {
    const first = await get('/api/v1/products', { 'x-correlation-id': 'story-1' });
    const second = await get('/api/v1/products', { 'x-correlation-id': 'story-2' });
    expect(first.headers.get('x-correlation-id')).toBe('story-1');
    expect(second.headers.get('x-correlation-id')).toBe('story-2');
    expect(second.headers.get('date')).not.toContain('2001');
  });

  it('does not depend on the headers of the client that caused it', async () => {
    await get('/api/v1/products', {
      accept: 'image/png',
      'accept-language': 'de',
      cookie: 'a=b',
      'x-cart-token': 'c',
    });
    const [headers] = gateway.received.map((one) => one.headers);
    for (const name of ['accept', 'accept-language', 'cookie', 'x-cart-token'])
      expect(headers).not.toHaveProperty(name);
  });

  it('is shared by requests with + or %20 for a space, and by callers whose token is not needed', async () => {
    const authorization = `Bearer ${await gateway.userToken()}`;
    expect(await count('/api/v1/products?q=desk+lamp', { authorization })).toBe(1);
    expect(await count('/api/v1/products?q=desk%20lamp')).toBe(1);
    expect(gateway.received.map(({ url }) => url)).toEqual(['/api/v1/products?q=desk%20lamp']);
    expect(gateway.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('keeps the caching headers of its service; one for a caller is not stored', async () => {
    gateway.answerCounting({ 'cache-control': 'public, max-age=60' });
    const keeping = async (path: string): Promise<string | null> =>
      (await get(path)).headers.get('cache-control');
    expect(await keeping('/api/v1/products')).toBe('public, max-age=60');
    expect(await keeping('/api/v1/cart')).toBe('private, no-store');
    expect(await keeping('/api/v1/own-progress')).toBe('private, no-store'); // 401
  });

  it('is fetched again after an event has made it stale', async () => {
    const path = `/api/v1/products/${ID}`;
    expect([
      await count(path),
      await count(path.toUpperCase().replace('/API/V1/PRODUCTS', '/api/v1/products')),
    ]).toEqual([1, 2]);
    await gateway.bus.publish([goneEnvelope(2, ID)]);
    await gateway.bus.caughtUp('gateway');
    expect(await count(path)).toBe(3);
    expect(await count(path.toUpperCase().replace('/API/V1/PRODUCTS', '/api/v1/products'))).toBe(4);
  });

  it('invalidates lists as well, but no other product', async () => {
    const other = `/api/v1/products/${systemIds.next()}`;
    expect([await count('/api/v1/products'), await count(other)]).toEqual([1, 2]);
    await gateway.bus.publish([goneEnvelope(2, ID)]);
    await gateway.bus.caughtUp('gateway');
    expect([await count('/api/v1/products'), await count(other)]).toEqual([3, 2]);
  });

  it('is not stored if it was requested before the change', async () => {
    const asked = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    gateway.answer((_, response) => {
      asked.resolve(undefined);
      void go.promise.then(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"count":"old"}'),
      );
    });
    const first = count('/api/v1/products');
    await asked.promise;
    await gateway.bus.publish([goneEnvelope(2, ID)]);
    await gateway.bus.caughtUp('gateway');
    go.resolve(undefined);
    expect(await first).toBe('old');
    gateway.answerCounting();
    expect(await count('/api/v1/products')).toBe(1);
  });

  it('is not stored if it is a refusal or has no caching headers', async () => {
    gateway.answer((_, response) => response.writeHead(404).end());
    await get('/api/v1/products');
    await get('/api/v1/products');
    await get('/api/v1/cart');
    await get('/api/v1/cart');
    expect(gateway.received).toHaveLength(4);
  });
});

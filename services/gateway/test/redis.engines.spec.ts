import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RedisConnection } from '#adapters/redis/connection.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { redis } from '#scripts/engines/redis.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { openGateway, type TestGateway } from './stub.ts';

const PRODUCTS = '/api/v1/products';
const countAt = async (gateway: TestGateway, path = PRODUCTS): Promise<unknown> =>
  (await gateway.send('GET', path)).body.count;

describe('two gateways on one Redis', () => {
  let one: TestGateway;
  let other: TestGateway;

  beforeEach(async () => {
    const [first, second] = [connectRedis(), connectRedis()];
    await emptyRedis(first, 'gateway');
    one = await openGateway({ GATEWAY_RATE_READ: '6' }, first);
    other = await openGateway({ GATEWAY_RATE_READ: '6' }, second);
    one.answerCounting({ 'x-from': 'one' });
    other.answerCounting({ 'x-from': 'other' });
  });

  it('count a client’s requests together', async () => {
    const statuses: number[] = [];
    for (const gateway of [one, other, one, other, one, other, one, other])
      statuses.push((await gateway.send('GET', PRODUCTS)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });

  it('share cached responses', async () => {
    await one.send('GET', PRODUCTS);
    const given = await other.send('GET', PRODUCTS);
    expect([given.headers.get('x-from'), given.body]).toEqual(['one', { count: 1 }]);
    expect(other.received).toEqual([]);
  });

  it('share invalidations', async () => {
    const id = systemIds.next();
    const path = `/api/v1/products/${id}`;
    expect([await countAt(one, path), await countAt(other, path)]).toEqual([1, 1]);
    await other.bus.publish([goneEnvelope(2, id)]);
    await other.bus.caughtUp('gateway');
    expect([await countAt(one, path), await countAt(other, path)]).toEqual([2, 2]);
  });

  it('do not store a response that one began to fetch before the other invalidated it', async () => {
    const asked = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    one.answer((_, response) => {
      asked.resolve(undefined);
      void go.promise.then(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"count":"old"}'),
      );
    });
    const first = countAt(one);
    await asked.promise;
    await other.bus.publish([goneEnvelope()]);
    await other.bus.caughtUp('gateway');
    go.resolve(undefined);
    expect(await first).toBe('old');
    expect(await countAt(other)).toBe(1);
  });
});

describe('a gateway whose Redis goes down', () => {
  let server: PrivateEngine;
  let gateway: TestGateway;

  beforeAll(async () => {
    server = await startPrivateEngine(redis);
    const { url } = z.object({ url: z.string() }).parse(server.addresses);
    const connection = new RedisConnection({ url, timeoutMs: 250, patienceMs: 0, onError: () => undefined });
    atEnd(() => connection.close());
    await until(() =>
      connection
        .run((client) => client.ping())
        .then(
          () => true,
          () => false,
        ),
    );
    gateway = await openGateway({ GATEWAY_RATE_READ: '4' }, connection);
    gateway.answerCounting();
  });

  it('continues without cache, counts on its own, and invalidates in Redis later what changed meanwhile', async () => {
    const id = systemIds.next();
    const path = `/api/v1/products/${id}`;
    expect([await countAt(gateway, path), await countAt(gateway, path)]).toEqual([1, 1]);

    await server.kill();
    const served: unknown[] = [];
    for (let i = 0; i < 5; i += 1) served.push((await gateway.send('GET', path)).status);
    expect(served).toEqual([200, 200, 200, 200, 429]);
    expect(gateway.received).toHaveLength(5);
    await gateway.bus.publish([goneEnvelope(2, id)]);

    await server.revive();
    await gateway.bus.caughtUp('gateway');
    expect(await countAt(gateway, path)).toBe(6);
    expect(await countAt(gateway, path)).toBe(6);
  });
});

import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutboxId } from '#adapters/messaging/stores.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import { redis } from '#scripts/engines/redis.ts';
import { openProbe } from '#test/contracts/probe.ts';
import { until } from '#test/kit/conditions.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { gone } from '#test/kit/events.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { isUnavailable } from '../postgres/sql.ts';
import { RedisConnection } from './connection.ts';
import { tryLease } from './lease.ts';
import { inUnit } from './unit-of-work.ts';

describe('units on Redis', () => {
  let connection: RedisConnection;
  beforeEach(async () => {
    connection = connectRedis();
    await emptyRedis(connection, 'units');
  });

  const put = (key: string, document: unknown): Promise<void> =>
    inUnit(connection, async (tx) => {
      await tx.read([key]);
      tx.put(key, document);
    });
  const read = async (...keys: readonly string[]): Promise<unknown> =>
    inUnit(connection, (tx) => tx.read(keys));

  it('retry without a write if a document that they only read has changed', async () => {
    let attempts = 0;
    await inUnit(connection, async (tx) => {
      attempts += 1;
      const [rule] = await tx.read<string>(['units:rule']);
      if (attempts === 1) await put('units:rule', 'changed');
      tx.put('units:one', rule ?? 'none');
      tx.put('units:two', rule ?? 'none');
      tx.queue('XADD', 'units:stream', '*', 'rule', rule ?? 'none');
    });
    expect(attempts).toBe(2);
    expect(await read('units:one', 'units:two')).toEqual(['changed', 'changed']);
    expect(await connection.run((client) => client.xlen('units:stream'))).toBe(1);
  });

  it('see one state of a document, even if others write it meanwhile', async () => {
    const seen: unknown[] = [];
    await inUnit(connection, async (tx) => {
      seen.push(...(await tx.read(['units:one'])));
      await put('units:one', 1);
      seen.push(...(await tx.read(['units:one'])));
    });
    expect(seen).toEqual([undefined, undefined]);
  });

  it('that only read write nothing', async () => {
    await put('units:one', 1);
    const before = await connection.run((client) => client.info('commandstats'));
    await read('units:one');
    const after = await connection.run((client) => client.info('commandstats'));
    const evals = (stats: string): string | undefined => /cmdstat_eval:calls=(\d+)/.exec(stats)?.[1];
    expect(evals(after)).toBe(evals(before));
  });
});

describe('expiry in Redis', () => {
  it('removes entries of the inbox after 30 days, and idempotency keys after one', async () => {
    const { unitOfWork, toolbox } = await openProbe('redis');
    const { store } = toolbox;
    if (store.kind !== 'redis') throw new Error('not Redis');
    const key: IdempotencyKey = { principal: 'user:1', operation: 'add', key: 'k-1', fingerprint: 'one' };
    const event = toolbox.seal(gone(systemIds.next()));
    await unitOfWork.run(async (tx) => {
      await tx.idempotency.remember(key, 'done');
      await tx.inbox.claim('mail', [event]);
    });
    const daysOf = async (name: string): Promise<number> =>
      Math.ceil((await store.connection.run((client) => client.pttl(`${store.prefix}:${name}`))) / DAY);
    expect(await daysOf(`inbox:mail:${event.event_id}`)).toBe(30);
    expect(await daysOf('idempotency:["user:1","add","k-1"]')).toBe(1);
  });
});

describe('the outbox in Redis', () => {
  const probe = forEachTest(() => openProbe('redis'));

  it('continues to count after it was empty', async () => {
    const { outbox } = probe.toolbox.stores;
    const ids: OutboxId[] = [];
    for (const version of [1, 2, 3]) {
      await probe.unitOfWork.run((tx) => tx.outbox.add(gone(systemIds.next(), version)));
      const oldest = await outbox.oldest(10);
      ids.push(...oldest.map(({ id }) => id));
      await outbox.remove(oldest.map(({ id }) => id));
    }
    expect(ids).toEqual([1, 2, 3]);
  });

  it('has one relay at a time', async () => {
    const { outbox } = probe.toolbox.stores;
    const first = await outbox.tryLock();
    expect(await outbox.tryLock()).toBeUndefined();
    await first?.release();
    const second = await outbox.tryLock();
    expect([first?.isHeld(), second?.isHeld()]).toEqual([false, true]);
    await second?.release();
  });
});

describe('a lease', () => {
  let connection: RedisConnection;
  const key = 'lease:test';
  beforeEach(async () => {
    connection = connectRedis();
    await connection.run((client) => client.del(key));
  });

  it('is renewed while its holder lives', async () => {
    const lease = await tryLease(connection, key, 3_000);
    const token = await connection.run((client) => client.get(key));
    await connection.run((client) => client.pexpire(key, 2_500));
    await until(async () => (await connection.run((client) => client.pttl(key))) > 2_500);
    expect(await connection.run((client) => client.get(key))).toBe(token);
    expect(lease?.isHeld()).toBe(true);
    await lease?.release();
    expect(await connection.run((client) => client.exists(key))).toBe(0);
  });

  it('can be lost to another holder, who keeps it', async () => {
    const lease = await tryLease(connection, key, 300);
    await connection.run((client) => client.set(key, 'another holder'));
    await until(() => lease?.isHeld() === false);
    await lease?.release();
    expect(await connection.run((client) => client.get(key))).toBe('another holder');
  });

  it('expires when the server does not respond', async () => {
    const lease = await tryLease(connection, key, 100);
    await connection.close();
    await until(() => lease?.isHeld() === false);
  });
});

describe('a connection to Redis', () => {
  const Address = z.object({ url: z.string() });
  let server: PrivateEngine;
  let url: string;
  let connection: RedisConnection;
  const connect = (options: { url: string; patienceMs?: number; timeoutMs?: number }): RedisConnection =>
    new RedisConnection({ timeoutMs: 5_000, onError: () => undefined, ...options });
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no failure',
      (error: unknown) => error,
    );
  const ping = (): Promise<string> => connection.run((client) => client.ping());

  beforeAll(async () => {
    server = await startPrivateEngine(redis);
    ({ url } = Address.parse(server.addresses));
  });
  afterEach(() => connection.close());

  it('fails as an outage while the server is down, and recovers with it', async () => {
    connection = connect({ url });
    expect(await ping()).toBe('PONG');
    await server.kill();
    await until(async () => isUnavailable(await failure(ping())));
    await server.revive();
    expect(await until(() => ping().catch(() => undefined))).toBe('PONG');
  });

  it('keeps what was written before the server was killed', async () => {
    connection = connect({ url });
    await inUnit(connection, async (tx) => tx.put('kept', 7));
    await server.kill();
    await server.revive();
    const read = () => inUnit(connection, (tx) => tx.read<number>(['kept'])).catch(() => undefined);
    expect(await until(read)).toEqual([7]);
  });

  it('times out soon if the server does not respond, and the next time fails at once', async () => {
    connection = connect({ url, timeoutMs: 100, patienceMs: 0 });
    const other = connect({ url });
    await until(async () => (await failure(ping())) === 'no failure');
    await other.run((client) => client.client('PAUSE', 3_000));
    const [first, second] = [await failure(ping()), await failure(ping())];
    expect([isUnavailable(first), isUnavailable(second)]).toEqual([true, true]);
    await until(async () => (await failure(ping())) === 'no failure');
    await other.close();
  });

  it('fails as an outage if a server accepts connections but never responds', async () => {
    const deaf = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as AddressInfo;
    connection = connect({ url: `redis://127.0.0.1:${port}`, timeoutMs: 100 });
    expect(isUnavailable(await failure(ping()))).toBe(true);
    await connection.close();
    deaf.close();
  });

  it('reports what is wrong with a command', async () => {
    connection = connect({ url });
    await connection.run((client) => client.set('text', 'a'));
    const error = await failure(connection.run((client) => client.xlen('text')));
    expect([error instanceof Error, isUnavailable(error)]).toEqual([true, false]);
  });
});

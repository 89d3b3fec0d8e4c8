import { RedisConnection } from '#adapters/redis/connection.ts';
import { atEnd } from './cleanup.ts';

const TIMEOUT_MS = 10_000;

/** A connection of the test's own to the Redis of `REDIS_URL`; each test worker has its own database in it. */
export const connectRedis = (options: { readonly url?: string; readonly patienceMs?: number } = {}) => {
  const url = new URL(process.env['REDIS_URL'] ?? '');
  url.pathname = `/${process.env['VITEST_POOL_ID'] ?? '1'}`;
  const settings = { url: url.href, timeoutMs: TIMEOUT_MS, onError: () => undefined, ...options };
  const connection = new RedisConnection(settings);
  atEnd(() => connection.close());
  return connection;
};

/** Removes all keys that begin with `prefix`. */
export const emptyRedis = async (connection: RedisConnection, prefix: string): Promise<void> => {
  await connection.run(async (client) => {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.del(keys);
  });
};

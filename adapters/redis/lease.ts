import { randomUUID } from 'node:crypto';
import type { Lock } from '../messaging/stores.ts';
import type { RedisConnection } from './connection.ts';

// Only its holder renews or ends a lease.
const RENEW = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const RELEASE = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1])`;

/**
 * A lock that expires after `ttlMs` unless its holder renews it; undefined if another process has it.
 * Without a reply, a holder counts from its last request, so it stops before another one starts.
 */
export const tryLease = async (
  connection: RedisConnection,
  key: string,
  ttlMs: number,
): Promise<Lock | undefined> => {
  const token = randomUUID();
  let heldUntil = performance.now() + ttlMs;
  const taken = await connection.run((client) => client.set(key, token, 'PX', ttlMs, 'NX'));
  if (taken === null) return undefined;

  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const renewed = await connection.run((client) => client.eval(RENEW, 1, key, token, ttlMs));
    if (heldUntil > 0) heldUntil = renewed === 1 ? asked + ttlMs : 0;
  };
  const renewing = setInterval(() => {
    renew().catch(() => undefined); // if this continues, the lease expires
  }, ttlMs / 3).unref();

  return {
    isHeld: () => {
      const isHeld = performance.now() < heldUntil;
      if (!isHeld) clearInterval(renewing);
      return isHeld;
    },
    release: async () => {
      clearInterval(renewing);
      heldUntil = 0;
      await connection.run((client) => client.eval(RELEASE, 1, key, token)).catch(() => undefined);
    },
  };
};

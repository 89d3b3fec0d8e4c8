import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { countInMemory, type Count, type Window } from './rate-limits.ts';

/** Counts across all gateways on this Redis; while Redis is down, each gateway counts on its own. */
export const countInRedis =
  (connection: RedisConnection, prefix = 'gateway') =>
  (window: Window): Count => {
    const own = countInMemory(window);
    const keyPrefix = `${prefix}:rate:${window.keyPrefix}`;
    let limiter: RateLimiterRedis | undefined;
    return (client) =>
      connection
        .run((storeClient) => {
          limiter ??= new RateLimiterRedis({ ...window, keyPrefix, storeClient });
          return limiter.consume(client);
        })
        .catch((error: unknown) => {
          if (error instanceof RateLimiterRes) throw error; // limit exceeded
          return own(client);
        });
  };

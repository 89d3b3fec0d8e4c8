import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { msSetting, readConfig } from '../service/config.ts';
import { RedisConnection, type RedisOptions } from './connection.ts';

const SETTINGS = {
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  REDIS_TIMEOUT_MS: msSetting(2_000),
};

/** The Redis of `REDIS_URL`; throws `InvalidConfig`. */
export const openRedis = (
  env: Readonly<Record<string, string | undefined>>,
  logger: Logger,
  options: Partial<Pick<RedisOptions, 'timeoutMs' | 'patienceMs'>> = {},
): RedisConnection => {
  const { REDIS_URL: url, REDIS_TIMEOUT_MS: timeoutMs } = readConfig(SETTINGS, env);
  return new RedisConnection({
    url,
    timeoutMs,
    ...options,
    onError: (error) => {
      logger.warn({ err: error }, 'the connection to Redis broke');
    },
  });
};

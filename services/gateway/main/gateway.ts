import { z } from 'zod';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { listen } from '#adapters/http/server.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import type { EventBus } from '#kernel/event-bus.ts';
import { isEvent } from '#kernel/events.ts';
import { makeGatewayApp } from '../app.ts';
import { INVALIDATING, staleTags } from '../cache-rules.ts';
import { mergeSpecs } from '../merged-spec.ts';
import { makePages, type DemoAccount, type PagesOptions } from '../pages.ts';
import { Proxy } from '../proxy.ts';
import { countInRedis } from '../rate-limits.redis.ts';
import { countInMemory, makeRateLimiter } from '../rate-limits.ts';
import { MemoryResponseCache } from '../response-cache.memory.ts';
import { RedisResponseCache } from '../response-cache.redis.ts';
import type { ResponseCache } from '../response-cache.ts';
import { MemoryRevocations } from '../revocations.memory.ts';
import { RedisRevocations } from '../revocations.redis.ts';
import { revocationOf } from '../revocations.ts';
import { makeRouter, routesOf, type ServiceSpec } from '../routes.ts';
import { askStates } from '../states.ts';
import { ViewReporter } from '../view-reporter.ts';

export type { DemoAccount };

const perMinute = (otherwise: number) => z.coerce.number().int().min(1).default(otherwise);

const SETTINGS = {
  /** Requests per minute and client. */
  GATEWAY_RATE_READ: perMinute(1_200),
  GATEWAY_RATE_WRITE: perMinute(300),
  GATEWAY_RATE_CHECKOUT: perMinute(60),
  GATEWAY_RATE_AUTH: perMinute(30),
  GATEWAY_RATE_IMPORT: perMinute(10),
  GATEWAY_ANSWER_MS: msSetting(30_000),
  /** How often the token of a stream is looked at again. */
  GATEWAY_STREAM_CHECK_MS: z.coerce.number().int().min(10).default(5_000),
  GATEWAY_CACHE_TTL_MS: msSetting(30_000),
  GATEWAY_CACHE_MB: z.coerce.number().min(1).default(64),
  /** Comma-separated; `*` for any. */
  GATEWAY_CORS_ORIGINS: z.string().default('*'),
  /** Proxies before the gateway. */
  GATEWAY_TRUST_PROXY: z.coerce.number().int().min(0).default(0),
};

export interface GatewayParts {
  readonly specs: readonly ServiceSpec[];
  /** Of a service's instances, whose turn it is first. */
  readonly addressesOf: (service: string) => readonly string[];
  readonly verify: TokenVerifier;
  readonly catalog: ServiceClient;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly security: SecurityLog;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where several gateways count and keep answers together; each for itself when absent. */
  readonly redis?: RedisConnection | undefined;
  readonly pages: Omit<PagesOptions, 'openapi' | 'states'>;
  readonly host: string;
  readonly port: number;
  /** As in `listen`; 0 when absent. */
  readonly drainMs?: number | undefined;
}

export interface RunningGateway {
  readonly port: number;
  stop(): Promise<void>;
}

/** Subscribes to what makes cached answers stale; returns the rest of the start, for when the services run. */
export const prepareGateway = (parts: GatewayParts): { start(): Promise<RunningGateway> } => {
  const { specs, addressesOf, verify, bus, logger, metrics, env, redis } = parts;
  const config = readConfig(SETTINGS, env);
  const ttlMs = config.GATEWAY_CACHE_TTL_MS;
  const cache: ResponseCache = redis
    ? new RedisResponseCache({ connection: redis, ttlMs, logger })
    : new MemoryResponseCache({ maxBytes: config.GATEWAY_CACHE_MB * 1024 * 1024, ttlMs });
  const revocations = redis ? new RedisRevocations(redis) : new MemoryRevocations();
  bus.subscribe({
    consumer: 'gateway.revocations',
    topics: ['user.access_revoked'],
    handle: (batch) =>
      revocations.revoke(
        batch.flatMap((event) => (isEvent('user.access_revoked', event) ? [revocationOf(event)] : [])),
      ),
  });
  bus.subscribe({
    consumer: 'gateway',
    topics: INVALIDATING,
    handle: (batch) => cache.invalidate(new Set(batch.flatMap(staleTags))),
  });
  const start = async (): Promise<RunningGateway> => {
    const proxy = new Proxy(config.GATEWAY_ANSWER_MS);
    const views = new ViewReporter(parts.catalog, logger);
    const app = makeGatewayApp({
      router: makeRouter(routesOf(specs)),
      addressesOf,
      verify,
      revocations,
      streamCheckMs: config.GATEWAY_STREAM_CHECK_MS,
      security: parts.security,
      limiter: makeRateLimiter(
        {
          read: config.GATEWAY_RATE_READ,
          write: config.GATEWAY_RATE_WRITE,
          checkout: config.GATEWAY_RATE_CHECKOUT,
          auth: config.GATEWAY_RATE_AUTH,
          import: config.GATEWAY_RATE_IMPORT,
        },
        redis ? countInRedis(redis) : countInMemory,
      ),
      cache,
      proxy,
      views,
      pages: makePages({
        ...parts.pages,
        openapi: mergeSpecs(specs, 'Shop platform'),
        states: askStates(
          specs.map(({ service }) => service),
          addressesOf,
        ),
      }),
      logger,
      metrics,
      corsOrigins: config.GATEWAY_CORS_ORIGINS.split(',').map((origin) => origin.trim()),
      trustProxy: config.GATEWAY_TRUST_PROXY,
    });
    const server = await listen(app, parts.port, parts.host, parts.drainMs);
    views.start();
    return {
      port: server.port,
      stop: async () => {
        await server.close();
        await views.stop();
        await proxy.close();
      },
    };
  };
  return { start };
};

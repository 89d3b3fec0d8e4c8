import type { RequestHandler } from 'express';
import { z } from 'zod';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import { namedSecrets } from '#adapters/auth/named-secrets.ts';
import type { PrivateJwk, TokenVerifier } from '#adapters/auth/tokens.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { makeRouter } from '#adapters/http/router.ts';
import { listen } from '#adapters/http/server.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Gauge, Metrics } from '#adapters/observability/metrics.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { InvalidConfig, msSetting, readConfig } from '#adapters/service/config.ts';
import type { Neighbours } from '#adapters/service/neighbours.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { Clock } from '#kernel/clock.ts';
import type { EventBus } from '#kernel/event-bus.ts';
import { isEvent } from '#kernel/events.ts';
import { onlyOnHost } from '../admin-host.ts';
import { makeAdmission } from '../admission.ts';
import { makeGatewayApp } from '../app.ts';
import { Later } from '../later.ts';
import { makePagePasses } from '../faces/page-passes.ts';
import { INVALIDATING, staleTags } from '../cache-rules.ts';
import { mergeSpecs } from '../merged-spec.ts';
import { makePages, type DemoAccount, type PagesOptions } from '../pages.ts';
import { countInRedis } from '../rate-limits.redis.ts';
import { countInMemory, KEYED, makeRateLimiter, RENEWAL } from '../rate-limits.ts';
import { MemoryResponseCache } from '../response-cache.memory.ts';
import { RedisResponseCache } from '../response-cache.redis.ts';
import type { ResponseCache } from '../response-cache.ts';
import { MemoryRevocations } from '../revocations.memory.ts';
import { RedisRevocations } from '../revocations.redis.ts';
import { revocationOf } from '../revocations.ts';
import { byService, GATEWAY, OPERATIONS, routesOf, type ServiceSpec } from '../routes.ts';
import { makeRecommend, RECOMMENDATION, RECOMMENDATION_MS } from '../recommendations.ts';
import { askStates } from '../states.ts';
import { NextFlight } from '#adapters/batching/single-flight.ts';
import { makeAskUser } from '../session/ask-user.ts';
import { BrowserSessions } from '../session/browser-sessions.ts';
import { makeOidc, type Oidc } from '../session/oidc.ts';
import { makeSeal } from '../session/seal.ts';
import { Visits } from '../session/visits.ts';
import { Shoppers } from '../shoppers.ts';
import { makeAskServices } from '../staff/ask-services.ts';
import { SEARCH_MS } from '../staff/search.ts';
import { OpenStreams } from '../streams.ts';
import { overHttp } from '../upstream.http.ts';
import { inProcess } from '../upstream.in-process.ts';
import { mixed } from '../upstream.mixed.ts';
import type { ChangeLog } from '../staff-events/change-log.ts';
import { MemoryChangeLog } from '../staff-events/change-log.memory.ts';
import { RedisChangeLog } from '../staff-events/change-log.redis.ts';
import { changesOf, WATCHED, type Change } from '../staff-events/changes.ts';
import { StaffEvents } from '../staff-events/staff-events.ts';

export type { DemoAccount };

/** Far more than a browser needs, whose renewed cookie lasts for minutes. */
const RENEWALS_PER_MINUTE = 20;

const positive = (otherwise: number) => z.coerce.number().int().min(1).default(otherwise);

const listed = (text: string): readonly string[] => text.split(',').map((one) => one.trim());

const places = (otherwise: number) => z.coerce.number().int().min(1).max(10_000).default(otherwise);

const SETTINGS = {
  /** Requests per minute and client. */
  GATEWAY_RATE_READ: positive(1_200),
  GATEWAY_RATE_WRITE: positive(300),
  GATEWAY_RATE_CHECKOUT: positive(60),
  GATEWAY_RATE_AUTH: positive(30),
  GATEWAY_RATE_IMPORT: positive(10),
  GATEWAY_RATE_UPLOAD: positive(60),
  /** Requests with an `Idempotency-Key` per client and day: limits the keys that a client can make us store. */
  GATEWAY_KEYED_PER_DAY: positive(5_000),
  /** Concurrent open streams. */
  GATEWAY_STREAMS_PER_USER: positive(5),
  GATEWAY_STREAMS_PER_ADDRESS: positive(100),
  GATEWAY_STREAMS: positive(2_000),
  /** Host names, besides `localhost`, for the mailbox and the front page; comma-separated. */
  GATEWAY_DEV_HOSTS: z.string().default(''),
  /** Concurrent requests per service. */
  GATEWAY_PLACES_READ: places(48),
  GATEWAY_PLACES_WRITE: places(24),
  GATEWAY_PLACES_CHECKOUT: places(24),
  GATEWAY_PLACES_AUTH: places(16),
  GATEWAY_PLACES_IMPORT: places(1),
  GATEWAY_PLACES_UPLOAD: places(16),
  /** How many requests may wait per slot, and for how long. */
  GATEWAY_QUEUE_PER_PLACE: z.coerce.number().int().min(0).max(100).default(32),
  GATEWAY_QUEUE_MS: msSetting(10_000),
  GATEWAY_ANSWER_MS: msSetting(30_000),
  /** How often the token of an open stream is checked again. */
  GATEWAY_STREAM_CHECK_MS: z.coerce.number().int().min(10).default(5_000),
  GATEWAY_CACHE_TTL_MS: msSetting(30_000),
  GATEWAY_CACHE_MB: z.coerce.number().min(1).default(64),
  /** Comma-separated; `*` for any. */
  GATEWAY_CORS_ORIGINS: z.string().default('*'),
  /** Number of proxies in front of the gateway. */
  GATEWAY_TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  /** Encrypt the sessions of browsers; derived from the gateway's key when absent. */
  GATEWAY_SESSION_KEYS: namedSecrets.optional(),
  /** The OIDC provider, as every service knows it, and the gateway's client there; users log in with passwords of the shop without it. */
  OIDC_ISSUER: z.url().optional(),
  GATEWAY_OIDC_CLIENT_ID: z.string().min(1).optional(),
  GATEWAY_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  GATEWAY_OIDC_SCOPE: z.string().min(1).default('openid email profile'),
  GATEWAY_OIDC_TIMEOUT_MS: msSetting(5_000),
  GATEWAY_STAFF_SEARCH_MS: msSetting(SEARCH_MS),
  /** How long recommendations are waited for, before popular products take their place. */
  GATEWAY_RECOMMENDATION_MS: msSetting(RECOMMENDATION_MS),
  /** The only host, with its port, for the admin portal and sessions of staff. */
  GATEWAY_ADMIN_HOST: z.string().min(1).optional(),
};

/** Operations of the gateway itself. */
const OWN: ServiceSpec = {
  service: GATEWAY,
  spec: loadSpec(new URL('../../../openapi/gateway.yaml', import.meta.url)),
};

/** How long changes are collected before they are reported to staff. */
const REPORT_EVERY_MS = 100;
/** Operations of every service. */
const COMMON: ServiceSpec = {
  service: OPERATIONS,
  spec: loadSpec(new URL('../../../openapi/operations.yaml', import.meta.url)),
};

const oidcOf = (config: z.infer<z.ZodObject<typeof SETTINGS>>): Oidc | undefined => {
  const {
    OIDC_ISSUER: issuer,
    GATEWAY_OIDC_CLIENT_ID: clientId,
    GATEWAY_OIDC_CLIENT_SECRET: clientSecret,
  } = config;
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new InvalidConfig([
      'OIDC_ISSUER, GATEWAY_OIDC_CLIENT_ID and GATEWAY_OIDC_CLIENT_SECRET are set together',
    ]);
  const { GATEWAY_OIDC_SCOPE: scope, GATEWAY_OIDC_TIMEOUT_MS: timeoutMs } = config;
  return makeOidc({ issuer, clientId, clientSecret, scope, timeoutMs });
};

/** A waiting request holds its file in memory. */
const IMPORTS_WAITING = 2;

export interface GatewayParts {
  readonly specs: readonly ServiceSpec[];
  /** The gateway's own signing key. */
  readonly key: PrivateJwk;
  /** The instances of a service; the first is tried first. */
  readonly addressesOf: (service: string) => readonly string[];
  /** The services of this process, called without a socket; over HTTP if absent. */
  readonly neighbours?: Pick<Neighbours, 'http'> | undefined;
  readonly verify: TokenVerifier;
  /** Whether there is a recommendation service; popular products take its place otherwise. */
  readonly hasRecommendations?: boolean;
  /** Calls analytics; without it, users get no lists of their own from a model. */
  readonly analytics?: ServiceClient | undefined;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** `circuit_open{callee}` */
  readonly breakers?: Gauge<'callee'>;
  readonly security: SecurityLog;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shared counters and cache of several gateways; in memory if absent. */
  readonly redis?: RedisConnection | undefined;
  readonly pages: Omit<PagesOptions, 'openapi' | 'states'>;
  /** Served at `/admin`; another process serves it if absent. */
  readonly admin?: RequestHandler | undefined;
  readonly host: string;
  readonly port: number;
  readonly clock?: Clock;
  /** As in `listen`; 0 when absent. */
  readonly drainMs?: number | undefined;
}

export interface RunningGateway {
  readonly port: number;
  stop(): Promise<void>;
}

/** Subscribes to the events that invalidate the cache; returns the rest of the start, for when the services run. */
export const prepareGateway = (parts: GatewayParts): { start(): Promise<RunningGateway> } => {
  const { specs, verify, bus, logger, metrics, env, redis, hasRecommendations = false } = parts;
  const config = readConfig(SETTINGS, env);
  const ttlMs = config.GATEWAY_CACHE_TTL_MS;
  const cache: ResponseCache = redis
    ? new RedisResponseCache({ connection: redis, ttlMs, logger })
    : new MemoryResponseCache({ maxBytes: config.GATEWAY_CACHE_MB * 1024 * 1024, ttlMs });
  const late = new Later<string>(
    (tags) => cache.invalidate(tags),
    (error) => logger.warn({ err: error }, 'the cache could not be invalidated again'), // its entries expire soon
  );
  const changes: ChangeLog = redis ? new RedisChangeLog(redis) : new MemoryChangeLog();
  const laterChanges = new Later<Change>(
    (some) => changes.append([...some]),
    (error) => logger.warn({ err: error }, 'some changes are not reported to staff'),
  );
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
    handle: async (batch) => {
      const stale = new Set(batch.flatMap(staleTags));
      await cache.invalidate(stale);
      late.add(stale);
    },
  });
  bus.subscribe({
    consumer: 'gateway.staff-events',
    topics: WATCHED,
    gatherMs: REPORT_EVERY_MS,
    handle: async (batch) => {
      const found = batch.map(changesOf);
      const now = found.flatMap((one) => one.now);
      if (now.length > 0) await changes.append(now);
      laterChanges.add(found.flatMap((one) => one.soon));
    },
  });
  const shed = metrics.counter('requests_shed_total', 'Requests that found no place', ['service', 'class']);
  const limits = (atOnce: number) => ({ atOnce, queue: atOnce * config.GATEWAY_QUEUE_PER_PLACE });
  const start = async (): Promise<RunningGateway> => {
    const apart = overHttp(parts.addressesOf);
    const open = parts.neighbours ? mixed(inProcess(parts.neighbours.http), apart) : apart;
    const upstream = open(config.GATEWAY_ANSWER_MS);
    const services = specs.map(({ service }) => service);
    const router = byService(makeRouter(routesOf([...specs, COMMON, OWN])), services);
    const running = services.filter((service) => service !== RECOMMENDATION || hasRecommendations);
    const states = askStates(running, (service) => upstream.isReady(service));
    const admit = makeAdmission({
      places: {
        read: limits(config.GATEWAY_PLACES_READ),
        write: limits(config.GATEWAY_PLACES_WRITE),
        checkout: limits(config.GATEWAY_PLACES_CHECKOUT),
        auth: limits(config.GATEWAY_PLACES_AUTH),
        import: { atOnce: config.GATEWAY_PLACES_IMPORT, queue: IMPORTS_WAITING },
        upload: limits(config.GATEWAY_PLACES_UPLOAD),
      },
      waitMs: config.GATEWAY_QUEUE_MS,
    });
    const limiter = makeRateLimiter(
      {
        read: config.GATEWAY_RATE_READ,
        write: config.GATEWAY_RATE_WRITE,
        checkout: config.GATEWAY_RATE_CHECKOUT,
        auth: config.GATEWAY_RATE_AUTH,
        import: config.GATEWAY_RATE_IMPORT,
        upload: config.GATEWAY_RATE_UPLOAD,
        [KEYED]: config.GATEWAY_KEYED_PER_DAY,
        [RENEWAL]: RENEWALS_PER_MINUTE,
      },
      redis ? countInRedis(redis) : countInMemory,
    );
    const seal = makeSeal(
      config.GATEWAY_SESSION_KEYS ?? [{ id: 'own', secret: derivedKey(parts.key, 'browser sessions') }],
    );
    const oidc = oidcOf(config);
    const ask = makeAskUser({ router, verify, admit, upstream });
    const askServices = makeAskServices({ router, admit, upstream });
    const app = makeGatewayApp({
      router,
      verify,
      ask,
      seal,
      oidc,
      hasProvider: oidc !== undefined,
      sessions: new BrowserSessions({
        seal,
        oidc,
        ask,
        limiter,
        clock: parts.clock ?? systemClock,
        adminHost: config.GATEWAY_ADMIN_HOST,
      }),
      passes: makePagePasses(derivedKey(parts.key, 'page passes'), parts.clock ?? systemClock),
      revocations,
      staffEvents: new StaffEvents(changes, logger),
      streamCheckMs: config.GATEWAY_STREAM_CHECK_MS,
      security: parts.security,
      limiter,
      cache,
      uncached: new NextFlight(),
      admit,
      onShed: (service, rateClass) => shed.inc({ service, class: rateClass }),
      upstream,
      visits: new Visits(seal, parts.clock ?? systemClock),
      pages: makePages({
        ...parts.pages,
        openapi: mergeSpecs([...specs, COMMON, OWN], 'Shop platform'),
        states,
      }),
      askServices,
      recommend: makeRecommend({
        upstream,
        askServices,
        shoppers: parts.analytics && new Shoppers({ client: parts.analytics, metrics, logger }),
        metrics,
        isOn: hasRecommendations,
        answerMs: config.GATEWAY_RECOMMENDATION_MS,
        onState: (open) => parts.breakers?.set({ callee: RECOMMENDATION }, open),
      }),
      searchMs: config.GATEWAY_STAFF_SEARCH_MS,
      states,
      admin: parts.admin && onlyOnHost(config.GATEWAY_ADMIN_HOST, parts.admin),
      logger,
      metrics,
      streams: new OpenStreams({
        perUser: config.GATEWAY_STREAMS_PER_USER,
        perAddress: config.GATEWAY_STREAMS_PER_ADDRESS,
        inAll: config.GATEWAY_STREAMS,
      }),
      corsOrigins: listed(config.GATEWAY_CORS_ORIGINS),
      listsAccounts: parts.pages.accounts.length > 0,
      devHosts: listed(config.GATEWAY_DEV_HOSTS),
      trustProxy: config.GATEWAY_TRUST_PROXY,
    });
    const server = await listen(app, parts.port, parts.host, parts.drainMs);
    return {
      port: server.port,
      stop: async () => {
        await server.close();
        late.stop();
        laterChanges.stop();
        await upstream.close();
      },
    };
  };
  return { start };
};

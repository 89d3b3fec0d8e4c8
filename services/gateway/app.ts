import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { GUEST, nameOf, type Principal } from '#adapters/auth/principal.ts';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem, type CommonCode } from '#adapters/http/problem.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import { cacheKeyOf, tagsOf } from './cache-rules.ts';
import { forwardedHeaders, type Forwarded, type Proxy } from './proxy.ts';
import type { RateLimiter } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import type { CachedAnswer, ResponseCache } from './response-cache.ts';
import type { Match, Router } from './routes.ts';
import type { ViewReporter } from './view-reporter.ts';

export interface GatewayOptions {
  readonly router: Router;
  readonly addressOf: (service: string) => string;
  readonly verify: TokenVerifier;
  readonly limiter: RateLimiter;
  readonly cache: ResponseCache;
  readonly proxy: Proxy;
  readonly views: ViewReporter;
  /** Pages of the gateway itself: `/`, `/docs`, `/openapi.json`, health. */
  readonly pages: express.Router;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Origins whose pages may call; `*` for any. Tokens travel in a header, so no cookie is at stake. */
  readonly corsOrigins: readonly string[];
  /** Believe `X-Forwarded-For`: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
}

/** Body bytes at most, by rate class. */
const BODY_LIMITS: Readonly<Record<string, number>> = { import: 32 * 1024 * 1024 };
const BODY_LIMIT = 256 * 1024;

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

const CORS_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Cart-Token, X-Correlation-Id',
  'Access-Control-Expose-Headers':
    'ETag, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Correlation-Id',
  'Access-Control-Max-Age': '600',
} as const;

/** The one origin that clients talk to. */
export const makeGatewayApp = (options: GatewayOptions): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustProxy);
  app.use((request, response, next) => {
    const correlationId = correlationIdOf(request);
    response.set(SECURITY_HEADERS).set('X-Correlation-Id', correlationId);
    if (allowOrigin(options.corsOrigins, request, response)) return;
    logAccess(options, request, response, correlationId);
    next();
  });
  app.use(options.pages);
  app.use((request, response) => handle(options, request, response));
  return app;
};

const correlationIdOf = (request: Request): string => {
  const given = request.get('x-correlation-id');
  return given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
};

/** Answers preflight requests itself; returns true when it did. */
const allowOrigin = (origins: readonly string[], request: Request, response: Response): boolean => {
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  response.vary('Origin');
  if (!origins.includes('*') && !origins.includes(origin)) return false;
  response.set('Access-Control-Allow-Origin', origins.includes('*') ? '*' : origin).set(CORS_HEADERS);
  if (request.method !== 'OPTIONS') return false;
  response.status(204).end();
  return true;
};

/** One line per request: never its query, headers or body. */
const logAccess = (
  { logger, metrics }: GatewayOptions,
  request: Request,
  response: Response,
  correlationId: string,
): void => {
  const startedAt = performance.now();
  response.once('close', () => {
    const { route = 'other', client = 'guest', cache } = response.locals as Locals;
    const ms = performance.now() - startedAt;
    metrics.observe(request.method, route, response.statusCode, ms / 1_000);
    logger.info({
      method: request.method,
      path: request.path,
      status: response.statusCode,
      ms: Math.round(ms * 10) / 10,
      client,
      correlation_id: correlationId,
      ...(cache === undefined ? {} : { cache }),
    });
  });
};

interface Locals {
  route?: string;
  client?: string;
  cache?: 'hit' | 'miss';
}

const refuse = (
  request: Request,
  response: Response,
  code: CommonCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const problem = toProblem(COMMON_ERRORS, code, detail, request.path);
  response.set(headers);
  if (code === 'UNAUTHENTICATED') response.set('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
};

const handle = async (options: GatewayOptions, request: Request, response: Response): Promise<void> => {
  const match = options.router(request.method, request.path);
  if (!match) {
    refuse(request, response, 'NOT_FOUND', 'There is nothing here.');
    return;
  }
  if ('allowed' in match) {
    refuse(request, response, 'METHOD_NOT_ALLOWED', 'Not with this method.', {
      Allow: match.allowed.join(', '),
    });
    return;
  }
  const locals = response.locals as Locals;
  locals.route = match.route.path;
  const principal = await authenticate(options, request, match);
  if (typeof principal === 'string') {
    refuse(request, response, 'UNAUTHENTICATED', principal);
    return;
  }
  const client = principal.kind === 'guest' ? `ip:${request.ip ?? ''}` : nameOf(principal);
  locals.client = principal.kind === 'guest' ? 'guest' : client;
  const verdict = await options.limiter(match.route.operation['x-rate-class'] ?? 'write', client);
  if (!verdict.isAllowed) {
    refuse(request, response, 'RATE_LIMITED', 'Too many requests; wait a little.', verdict.headers);
    return;
  }
  response.set(verdict.headers);
  await forward(options, request, response, match);
};

/** Who calls, or why the call is refused. */
const authenticate = async (
  { verify }: GatewayOptions,
  request: Request,
  { route }: Match,
): Promise<Principal | string> => {
  const header = request.headers.authorization;
  if (header === undefined) return route.isPublic ? GUEST : 'An access token is needed.';
  const token = /^Bearer (?<token>[\w.-]+)$/i.exec(header)?.groups?.['token'];
  if (token === undefined) return 'The Authorization header holds no bearer token.';
  try {
    const principal = await verify(token);
    // Services talk to each other directly; a service token that comes this way was stolen.
    return principal.kind === 'service' ? 'The access token is not valid here.' : principal;
  } catch {
    return 'The access token is not valid or has expired.';
  }
};

const forward = async (
  options: GatewayOptions,
  request: Request,
  response: Response,
  match: Match,
): Promise<void> => {
  const { cache, proxy, views, logger } = options;
  const { operation } = match.route;
  const body = await readBody(request, BODY_LIMITS[operation['x-rate-class'] ?? ''] ?? BODY_LIMIT);
  if (body === 'too large') {
    refuse(request, response, 'PAYLOAD_TOO_LARGE', 'The body is too large.', { Connection: 'close' });
    return;
  }
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const tags = request.headers.authorization === undefined ? tagsOf(match) : undefined;
  try {
    if (operation['x-streams'] === true) {
      const {
        status,
        headers,
        body: stream,
      } = await proxy.stream(forwarded(options, request, response, match, body, gone.signal));
      response.status(status).set(headers).flushHeaders();
      for await (const chunk of stream) response.write(chunk);
      response.end();
      return;
    }
    if (tags === undefined) {
      send(
        response,
        request,
        await proxy.answer(forwarded(options, request, response, match, body, gone.signal)),
      );
    } else {
      const key = cacheKeyOf(request);
      const kept = cache.get(key);
      (response.locals as Locals).cache = kept ? 'hit' : 'miss';
      // Others may wait for the same answer, so it is not given up when this client goes.
      const signal = new AbortController().signal;
      const answer =
        kept ??
        (await cache.getOrMake(key, tags, () =>
          proxy.answer(forwarded(options, request, response, match, undefined, signal)),
        ));
      if (operation['x-reports-view'] === true && answer.status === 200)
        views.count(match.params['product_id'] ?? '');
      send(response, request, answer);
    }
  } catch (error) {
    if (gone.signal.aborted) return;
    logger.warn({ err: error, service: match.route.service }, 'a service does not answer');
    if (response.headersSent) response.destroy();
    else
      refuse(request, response, 'UNAVAILABLE', `This part of the shop does not answer right now.`, {
        'Retry-After': '2',
      });
  }
};

const forwarded = (
  { addressOf }: GatewayOptions,
  request: Request,
  response: Response,
  { route }: Match,
  body: Buffer | undefined,
  signal: AbortSignal,
): Forwarded => ({
  method: request.method,
  url: `${addressOf(route.service)}${request.originalUrl}`,
  headers: {
    ...forwardedHeaders(request.headers),
    'x-correlation-id': String(response.getHeader('x-correlation-id')),
    'x-forwarded-for': request.ip ?? '',
  },
  body,
  signal,
});

const send = (response: Response, request: Request, { status, headers, body }: CachedAnswer): void => {
  const etag = headers['etag'];
  response.set(headers);
  if (
    request.method === 'GET' &&
    status === 200 &&
    etag !== undefined &&
    request.headers['if-none-match'] === etag
  ) {
    response.status(304).end();
    return;
  }
  response.status(status).set('Content-Length', String(body.length));
  response.end(request.method === 'HEAD' ? undefined : body);
};

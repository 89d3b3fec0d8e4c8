import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { GUEST, nameOf, type Principal } from '#adapters/auth/principal.ts';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import { asTraceparent, beginServerSpan } from '#adapters/observability/tracing.ts';
import { clientOf } from './client-of.ts';
import { forward, SOON, type ForwardOptions, type Locals } from './forward.ts';
import type { RateLimiter } from './rate-limits.ts';
import { refuse } from './refuse.ts';
import { rateClassOf, type Match, type Router } from './routes.ts';

export interface GatewayOptions extends ForwardOptions {
  readonly router: Router;
  readonly verify: TokenVerifier;
  readonly limiter: RateLimiter;
  /** Pages of the gateway itself: `/`, `/docs`, `/openapi.json`, health. */
  readonly pages: express.Router;
  readonly metrics: Metrics;
  /** Origins whose pages may call; `*` for any. Tokens travel in a header, so no cookie is at stake. */
  readonly corsOrigins: readonly string[];
  /** How many proxies stand before it: what they have added to `X-Forwarded-For` is believed, and nothing before that. */
  readonly trustProxy: number;
}

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
    beginTrace(request, response);
    next();
  });
  app.use(options.pages);
  app.use((request, response) => handle(options, request, response));
  app.use(answerErrors(options));
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

/** The services go on with the trace that a client has begun, or with a new one where tracing is on. */
const beginTrace = (request: Request, response: Response): void => {
  const locals = response.locals as Locals;
  const parent = asTraceparent(request.get('traceparent'));
  const span = beginServerSpan('gateway', request.method, parent);
  const traceparent = span?.traceparent ?? parent;
  if (traceparent !== undefined) locals.traceparent = traceparent;
  if (span) response.once('close', () => span.end(locals.route ?? 'other', response.statusCode));
};

/** Nothing here throws on purpose; whatever does says nothing of its inside. */
const answerErrors =
  ({ logger }: GatewayOptions): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) response.destroy();
    else if (error instanceof Outage)
      refuse(request, response, 'UNAVAILABLE', 'Who you are cannot be found out right now.', SOON);
    else refuse(request, response, 'INTERNAL', 'It is logged under the correlation id of this answer.');
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
  const caller = await authenticate(options, request, match);
  const principal = typeof caller === 'string' ? GUEST : caller;
  if (principal.kind !== 'guest') locals.client = nameOf(principal);
  const rateClass = rateClassOf(match);
  const verdict = await options.limiter(rateClass, clientOf(principal, rateClass, request.ip));
  if (!verdict.isAllowed) {
    refuse(request, response, 'RATE_LIMITED', 'Too many requests; wait a little.', verdict.headers);
    return;
  }
  response.set(verdict.headers);
  if (typeof caller === 'string') refuse(request, response, 'UNAUTHENTICATED', caller);
  else await forward(options, request, response, match);
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
  } catch (error) {
    if (error instanceof Outage) throw error;
    return 'The access token is not valid or has expired.';
  }
};

import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { GUEST, nameOf, type Principal, type User } from '#adapters/auth/principal.ts';
import type { TokenVerifier } from '#adapters/auth/tokens.ts';
import { deniedTo, type Denied } from '#adapters/http/access.ts';
import { callerOf } from '#adapters/http/authentication.ts';
import { networkOf } from '#adapters/http/client-address.ts';
import { NOT_KEPT } from '#adapters/http/endpoint.ts';
import { pagePolicy } from '#adapters/http/page-policy.ts';
import { endEarly } from '#adapters/http/write-stream.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import type { SecurityEvent, SecurityLog } from '#adapters/observability/security-log.ts';
import { asTraceparent, traceIdOf } from '#adapters/observability/traceparent.ts';
import { beginServerSpan } from '#adapters/observability/tracing.ts';
import { clientOf } from './client-of.ts';
import { isForTrying, isOtherOrigin } from './dev-guard.ts';
import { refuse as refuseWith, type Result } from '#kernel/result.ts';
import { languageOf } from './faces/languages.ts';
import { makePage, PASS, VISIT, type PageOptions } from './faces/page.ts';
import { forward, SOON, type ForwardOptions } from './forward.ts';
import { addressOf, localsOf } from './locals.ts';
import { KEYED, type RateLimiter } from './rate-limits.ts';
import type { Revocations } from './revocations.ts';
import { isForRecommendations, type RecommendationOptions } from './recommendations.ts';
import { refuse } from './refuse.ts';
import { GATEWAY, rateClassOf, type Match, type Router } from './routes.ts';
import { answerSession, type BffOptions } from './session/bff.ts';
import { answerStaff, type StaffOptions } from './staff/staff.ts';
import { isOfGateway } from './session/browser-sessions.ts';
import { answerProviderLogin, isProviderLogin, type ProviderLoginOptions } from './session/provider-login.ts';
import { answerStaffEvents, isForStaffEvents, type StaffEventsOptions } from './staff-events/answer.ts';
import { VISIT_SESSION, type Visits } from './session/visits.ts';
import { SHOPPER_ID } from './shoppers.ts';
import type { OpenStreams, Release } from './streams.ts';

export interface GatewayOptions
  extends
    ForwardOptions,
    BffOptions,
    ProviderLoginOptions,
    PageOptions,
    StaffEventsOptions,
    StaffOptions,
    RecommendationOptions {
  readonly router: Router;
  readonly verify: TokenVerifier;
  /** Access tokens revoked before they expire. */
  readonly revocations: Revocations;
  /** How often the token of an open stream is checked again. */
  readonly streamCheckMs: number;
  readonly security: SecurityLog;
  readonly limiter: RateLimiter;
  /** The gateway's own pages: `/`, `/docs`, `/openapi.json`, health. */
  readonly pages: express.Router;
  /** The admin portal at `/admin`, if this process serves it. */
  readonly admin?: express.RequestHandler | undefined;
  readonly metrics: Metrics;
  /** Origins whose pages may call; `*` for any. Safe, because tokens travel in a header and not in a cookie. */
  readonly corsOrigins: readonly string[];
  /** Number of proxies in front of the gateway: only the entries they added to `X-Forwarded-For` are trusted. */
  readonly trustProxy: number;
  readonly streams: OpenStreams;
  /** To which visit of a shopper a request belongs. */
  readonly visits: Visits;
  /** Whether the front page lists demo accounts. */
  readonly listsAccounts: boolean;
  /** Host names, besides `localhost`, under which the mailbox and the front page are served. */
  readonly devHosts: readonly string[];
}

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

/** Browsers send the `Origin` of a form only if the page has a referrer. */
const PAGE_HEADERS = {
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': pagePolicy(),
  Vary: 'Accept-Encoding, Accept-Language, Cookie',
} as const;

const CORS_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Audit-Reason, Authorization, Content-Type, Device-Token, Idempotency-Key, If-Match, If-None-Match, If-Range, Last-Event-ID, Range, X-Cart-Token, X-Correlation-Id, X-Order-Token',
  'Access-Control-Expose-Headers':
    'Device-Token, ETag, Left-Out, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Correlation-Id',
  'Access-Control-Max-Age': '600',
} as const;

/** The single origin for all clients. */
export const makeGatewayApp = (options: GatewayOptions): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustProxy);
  app.use((request, response, next) => {
    const correlationId = correlationIdOf(request);
    response.set(SECURITY_HEADERS).set('X-Correlation-Id', correlationId);
    const isGuarded = isForTrying(request.path, options.listsAccounts);
    const isPage = recognisePage(options, request, response);
    if (!isGuarded && !isPage && allowOrigin(options.corsOrigins, request, response)) return;
    logAccess(options, request, response, correlationId);
    beginTrace(request, response);
    if (isGuarded && refuseOtherOrigin(options, request, response)) return;
    next();
  });
  if (options.admin) app.use('/admin', options.admin);
  app.use(options.pages);
  app.use((request, response) => handle(options, request, response));
  app.use(answerErrors(options));
  return app;
};

/** Whether a page is requested, or a browser requests what does not exist. */
const recognisePage = ({ router, passes }: GatewayOptions, request: Request, response: Response): boolean => {
  const locals = localsOf(response);
  const { [PASS]: pass, [VISIT]: _, [VISIT_SESSION]: __, [SHOPPER_ID]: ___, ...headers } = request.headers;
  const visitor = typeof pass === 'string' ? passes.read(pass) : undefined;
  if (visitor !== undefined) locals.visitor = visitor;
  request.headers = headers;
  const found = router(request.method, request.path);
  const isPage = found && 'route' in found && found.route.operation['x-pages'] !== undefined;
  const isLost = !found && request.method === 'GET' && request.accepts('json', 'html') === 'html';
  if (isPage || isLost) locals.pageLanguage = languageOf(request, request.headers.cookie);
  if (isPage) response.set(PAGE_HEADERS);
  return isPage === true;
};

const correlationIdOf = (request: Request): string => {
  const given = request.get('x-correlation-id');
  return given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
};

/** Responds to preflight requests; returns true if it did. */
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

/** Refuses requests from another origin's page with an empty response; returns true if it did. */
const refuseOtherOrigin = ({ devHosts }: GatewayOptions, request: Request, response: Response): boolean => {
  response.set('Cross-Origin-Resource-Policy', 'same-origin').set('Cache-Control', NOT_KEPT);
  if (!isOtherOrigin(request, devHosts)) return false;
  refuse(request, response, 'FORBIDDEN', 'This page is available only from the shop’s own origin.');
  return true;
};

/** One line per request; never its query, headers or body. */
const logAccess = (
  { logger, metrics }: GatewayOptions,
  request: Request,
  response: Response,
  correlationId: string,
): void => {
  const startedAt = performance.now();
  response.once('close', () => {
    const { route = 'other', client = 'guest', cache, traceparent } = localsOf(response);
    const traceId = traceIdOf(traceparent);
    const ms = performance.now() - startedAt;
    metrics.observe(request.method, route, response.statusCode, ms / 1_000);
    logger.info({
      method: request.method,
      path: request.path,
      status: response.statusCode,
      ms: Math.round(ms * 10) / 10,
      client,
      correlation_id: correlationId,
      ...(traceId === undefined ? {} : { trace_id: traceId }),
      ...(cache === undefined ? {} : { cache }),
    });
  });
};

/** The services continue the client's trace, or a new one if tracing is on. */
const beginTrace = (request: Request, response: Response): void => {
  const locals = localsOf(response);
  const parent = asTraceparent(request.get('traceparent'));
  const span = beginServerSpan('gateway', request.method, parent);
  const traceparent = span?.traceparent ?? parent;
  if (traceparent !== undefined) locals.traceparent = traceparent;
  if (span) response.once('close', () => span.end(locals.route ?? 'other', response.statusCode));
};

/** Nothing here throws on purpose, so the response reveals no details of the error. */
const answerErrors =
  ({ logger }: GatewayOptions): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) response.destroy();
    else if (error instanceof Outage)
      refuse(
        request,
        response,
        'UNAVAILABLE',
        'The access token cannot be verified right now; try again shortly.',
        SOON,
      );
    else
      refuse(request, response, 'INTERNAL', 'The error is logged under the correlation ID of this response.');
  };

const handle = async (options: GatewayOptions, request: Request, response: Response): Promise<void> => {
  const match = options.router(request.method, request.path);
  if (!match) {
    refuse(request, response, 'NOT_FOUND', 'There is no such resource.');
    return;
  }
  if ('allowed' in match) {
    refuse(request, response, 'METHOD_NOT_ALLOWED', 'The resource does not support this method; see Allow.', {
      Allow: match.allowed.join(', '),
    });
    return;
  }
  const { route } = match;
  const locals = localsOf(response);
  locals.route = route.path;
  if (!route.isShared) response.set('Cache-Control', NOT_KEPT);
  if (isProviderLogin(route)) {
    if (await isWithinRates(options, request, response, match, GUEST))
      await answerProviderLogin(options, request, response, match);
    return;
  }
  const { cookie: cookies } = request.headers;
  const browser = await options.sessions.open(request, response, match);
  if (browser.ok) locals.browser = browser.value;
  const caller = browser.ok ? await authenticate(options, request, match) : browser;
  const principal = caller.ok ? caller.value : GUEST;
  if (principal.kind !== 'guest') locals.client = nameOf(principal);
  if (!(await isWithinRates(options, request, response, match, principal))) return;
  const denied = caller.ok ? deniedTo(route, principal) : caller.error;
  if (denied) {
    locals.stepUpS = route.operation['x-step-up'];
    // A page that redirects to the login is no attempt to get in.
    const isLedToLogin = denied.code === 'UNAUTHENTICATED' && locals.pageLanguage !== undefined;
    const event = isLedToLogin ? undefined : REFUSED[denied.code];
    if (event) note(options, request, response, match, event, principal);
    refuse(request, response, denied.code, denied.detail, denied.headers);
  } else if (principal.kind === 'user' && (await options.revocations.isRevoked(principal))) {
    note(options, request, response, match, 'revoked_token_used', principal);
    // A browser would send it again with the form of the login.
    if (browser.ok && browser.value && locals.pageLanguage !== undefined)
      await options.sessions.forget(request, response, browser.value);
    refuse(request, response, 'UNAUTHENTICATED', 'The access token has been revoked.');
  } else if (browser.ok && browser.value && isOfGateway(route))
    await answerSession(options, request, response, match, browser.value);
  else if (route.service === GATEWAY && !isForStaffEvents(route))
    await answerStaff(options, request, response, match, principal);
  else if (locals.pageLanguage !== undefined) {
    const page = makePage(
      options,
      request,
      response,
      locals.pageLanguage,
      browser.ok ? browser.value : undefined,
    );
    await forward(options, request, response, match, principal, page);
  } else if (route.operation['x-streams'] === true || route.takesFile) {
    if (principal.kind === 'user') endWhenRevoked(options, response, principal);
    await withPlace(options, request, response, principal, () =>
      isForStaffEvents(route)
        ? answerStaffEvents(options, request, response, principal)
        : forward(options, request, response, match, principal),
    );
  } else {
    if (route.operation['x-visit'] === true)
      request.headers[VISIT_SESSION] = await options.visits.continue(
        request,
        response,
        cookies,
        locals.client,
      );
    if (isForRecommendations(route)) await options.recommend(request, response, match, principal);
    else await forward(options, request, response, match, principal);
  }
};

/** The event of each refusal; a step-up is asked for in the ordinary course. */
const REFUSED = {
  UNAUTHENTICATED: 'authentication_refused',
  FORBIDDEN: 'access_refused',
  STEP_UP_REQUIRED: undefined,
} as const;

/** Ends a stream or an upload soon after its token is revoked; the token is otherwise checked only at the start. */
const endWhenRevoked = (
  { revocations, streamCheckMs }: GatewayOptions,
  response: Response,
  user: User,
): void => {
  const check = async (): Promise<void> => {
    if (await revocations.isRevoked(user)) endEarly(response);
  };
  const timer = setInterval(() => void check(), streamCheckMs).unref();
  response.once('close', () => {
    clearInterval(timer);
  });
};

const note = (
  { security }: GatewayOptions,
  request: Request,
  response: Response,
  { route, params }: Match,
  event: SecurityEvent,
  principal: Principal,
): void => {
  security.note(event, {
    actor: principal.kind === 'guest' ? undefined : nameOf(principal),
    address: addressOf(request, response),
    operation: route.operation.operationId,
    correlationId: String(response.getHeader('x-correlation-id')),
    details: params,
  });
};

/** The caller, or the reason for the refusal. */
const authenticate = async (
  { verify }: GatewayOptions,
  request: Request,
  { route }: Match,
): Promise<Result<Principal, Denied>> => {
  const caller = await callerOf(verify, route, request.headers.authorization);
  // Services call each other directly; a service token at the gateway was stolen.
  return caller.ok && caller.value.kind === 'service'
    ? refuseWith('UNAUTHENTICATED', 'The access token is not valid here.')
    : caller;
};

/** Counts the request; responds with 429 if it exceeds the limit. */
const isWithinRates = async (
  { limiter }: GatewayOptions,
  request: Request,
  response: Response,
  match: Match,
  principal: Principal,
): Promise<boolean> => {
  if (localsOf(response).visitor !== undefined) return true; // the request of the page has counted
  const rateClass = rateClassOf(match);
  const client = clientOf(principal, rateClass, addressOf(request, response));
  const isKeyed = match.route.takesKey && request.headers['idempotency-key'] !== undefined;
  const verdict = await limiter(rateClass, client);
  response.set(verdict.headers);
  const keyed = verdict.isAllowed && isKeyed ? await limiter(KEYED, client) : verdict;
  if (keyed.isAllowed) return true;
  refuse(request, response, 'RATE_LIMITED', 'Too many requests; try again later.', keyed.headers);
  return false;
};

/** Does the work of a stream while it has a place. */
const withPlace = async (
  options: GatewayOptions,
  request: Request,
  response: Response,
  principal: Principal,
  work: () => Promise<void>,
): Promise<void> => {
  const user = principal.kind === 'guest' ? undefined : nameOf(principal);
  const place = options.streams.open(user, networkOf(addressOf(request, response)));
  if (place === 'full') refuse(request, response, 'UNAVAILABLE', 'Too many streams are open.', SOON);
  else if (place === 'caller has too many')
    refuse(request, response, 'RATE_LIMITED', 'Too many streams are open; close one.', SOON);
  else await releaseAfter(place, work);
};

const releaseAfter = async (place: Release, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } finally {
    place();
  }
};

import type { Request, Response } from 'express';
import { GUEST, type Principal } from '#adapters/auth/principal.ts';
import { isKnownAs } from '#adapters/http/conditions.ts';
import { NOT_KEPT } from '#adapters/http/endpoint.ts';
import { isStream } from '#adapters/http/exchange.ts';
import { bodyOf } from '#adapters/http/read-body.ts';
import { writeStream } from '#adapters/http/write-stream.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import type { Admit } from './admission.ts';
import { tagsOf, targetOf } from './cache-rules.ts';
import { encodedFor } from './faces/compression.ts';
import { VISIT, type Page } from './faces/page.ts';
import { addressOf, localsOf } from './locals.ts';
import { refuse, refusePage } from './refuse.ts';
import type { CachedAnswer, ResponseCache } from './response-cache.ts';
import type { NextFlight } from '#adapters/batching/single-flight.ts';
import { rateClassOf, type Match } from './routes.ts';
import type { BrowserSessions } from './session/browser-sessions.ts';
import type { Forwarded, Upstream } from './upstream.ts';

export interface ForwardOptions {
  readonly sessions: BrowserSessions;
  readonly cache: ResponseCache;
  /** Shares requests for public responses that are not cached. */
  readonly uncached: NextFlight<CachedAnswer>;
  readonly admit: Admit;
  /** Called for each request that is refused because all slots are taken. */
  readonly onShed: (service: string, rateClass: string) => void;
  readonly upstream: Upstream;
  readonly logger: Logger;
}

/** `Retry-After` for an unavailable service. */
export const SOON = { 'Retry-After': '2' };

/** One for all: an error takes its stack when it is made, and streams end with every order. */
const GONE = new Error('the client has gone');

/** For what takes long to send: the default timeout of `fetch`. */
const LONG_MS = 300_000;

/** Returns the upstream's response or a cached one; 503 if the upstream does not respond or is overloaded. */
export const forward = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  match: Match,
  principal: Principal,
  page?: Page,
): Promise<void> => {
  const { operation, service } = match.route;
  const rateClass = rateClassOf(match);
  const gone = new AbortController();
  const isStreamed = operation['x-streams'] === true;
  response.once('close', () => {
    if (isStreamed || !response.writableFinished) gone.abort(GONE); // a stream may have been ended before its service did
  });
  try {
    const body = await bodyOf(request, response, match.route);
    if (body === 'too large') refuse(request, response, 'PAYLOAD_TOO_LARGE', 'The body is too large.');
    else if (isStreamed && request.method === 'HEAD' && !match.route.givesFile)
      refuse(request, response, 'METHOD_NOT_ALLOWED', 'A stream supports GET only.', { Allow: 'GET' });
    else if (isStreamed)
      await stream(options, request, response, forwarded(request, response, match, principal, body, gone.signal), page); // prettier-ignore
    else await answer(options, request, response, forwarded(request, response, match, principal, body, gone.signal), page); // prettier-ignore
  } catch (error) {
    if (gone.signal.aborted) return;
    if (error instanceof Overloaded) {
      options.onShed(service, rateClass);
      refuse(request, response, 'OVERLOADED', 'The service is overloaded; try again shortly.', SOON);
      return;
    }
    options.logger.warn({ err: error, service }, 'the service did not respond');
    if (response.headersSent) response.destroy();
    else refuse(request, response, 'UNAVAILABLE', 'The service is not responding; try again shortly.', SOON);
  }
};

/** A caller's own data must not be cached, whatever the service says. */
const headersOf = ({ route }: Match, { headers }: Pick<CachedAnswer, 'headers'>): Map<string, string> =>
  new Map([...Object.entries(headers), ...(route.isShared ? [] : [['cache-control', NOT_KEPT] as const])]);

/** Holds a slot until the response starts: an open stream costs its service almost nothing. */
const stream = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  wanted: Forwarded,
  page: Page | undefined,
): Promise<void> => {
  const complete = page
    ? { ...wanted, headers: { ...wanted.headers, [VISIT]: await page.visit(false) } }
    : wanted;
  const { body, ...head } = await admitted(options, wanted, () => options.upstream.stream(complete));
  if (page && head.status >= 400) {
    refusePage(request, response, head.status);
    return;
  }
  response.status(head.status).setHeaders(headersOf(wanted.match, head));
  const isHead = request.method === 'HEAD';
  if (!isStream(body)) response.end(isHead ? undefined : body);
  else if (!isHead) await writeStream(response, body);
  else {
    response.end();
    for await (const _ of body) break; // closes it
  }
};

const answer = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  wanted: Forwarded,
  page: Page | undefined,
): Promise<void> => {
  const { match } = wanted;
  const { isShared } = match.route;
  const asked = isShared ? withoutClient(wanted) : wanted;
  const complete = page
    ? { ...asked, headers: { ...asked.headers, [VISIT]: await page.visit(isShared) } }
    : asked;
  const answered = isShared
    ? await sharedAnswer(options, response, complete, page?.language)
    : await ask(options, complete);
  const { browser } = localsOf(response);
  const given = browser
    ? await options.sessions.withoutTokens(request, response, browser, match, answered)
    : answered;
  if (!page) {
    send(response, request, match, given);
    return;
  }
  const kept = await page.kept(given);
  if (kept.status >= 400) {
    const { 'retry-after': retryAfter } = kept.headers;
    if (retryAfter !== undefined) response.set('Retry-After', retryAfter);
    refusePage(request, response, kept.status);
  } else send(response, request, match, await encodedFor(request, kept, isShared));
};

/** Other clients may share the response: it contains nothing of this client, and outlives its connection. */
const withoutClient = (wanted: Forwarded): Forwarded => ({
  ...wanted,
  headers: {},
  body: undefined,
  principal: GUEST,
  signal: new AbortController().signal,
});

/** A public response: cached, shared with a request in flight, or fetched now. */
const sharedAnswer = async (
  options: ForwardOptions,
  response: Response,
  wanted: Forwarded,
  language: string | undefined,
): Promise<CachedAnswer> => {
  const { cache, uncached } = options;
  const key = language === undefined ? wanted.target : `${language} ${wanted.target}`;
  const tags = tagsOf(wanted.match);
  if (!tags) return uncached.share(key, () => ask(options, wanted));
  const { answer: given, isKept } = await cache.getOrMake(key, tags, () => ask(options, wanted));
  localsOf(response).cache = isKept ? 'hit' : 'miss';
  return given;
};

const ask = (options: ForwardOptions, wanted: Forwarded): Promise<CachedAnswer> =>
  admitted(options, wanted, () => options.upstream.answer(wanted));

const admitted = <T>(
  { admit }: ForwardOptions,
  { match, signal }: Forwarded,
  work: () => Promise<T>,
): Promise<T> => admit(match.route.service, rateClassOf(match), work, signal);

const forwarded = (
  request: Request,
  response: Response,
  match: Match,
  principal: Principal,
  body: Forwarded['body'],
  signal: AbortSignal,
): Forwarded => ({
  match,
  target: targetOf(request, match),
  headers: credentialsFor(match, request),
  body,
  principal,
  address: addressOf(request, response),
  correlationId: String(response.getHeader('x-correlation-id')),
  traceparent: localsOf(response).traceparent,
  answerMs: match.route.takesFile || rateClassOf(match) === 'import' ? LONG_MS : undefined,
  isRepeatable:
    match.route.method === 'GET' ||
    (match.route.takesKey && request.headers['idempotency-key'] !== undefined),
  signal,
});

/** A token is not forwarded if the operation does not use it. */
const credentialsFor = ({ route }: Match, { headers }: Request): Request['headers'] => {
  if (route.access !== 'everybody') return headers;
  const { authorization: _, ...others } = headers;
  return others;
};

const send = (response: Response, request: Request, match: Match, given: CachedAnswer): void => {
  const { status, headers, body } = given;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  response.setHeaders(headersOf(match, given));
  if (isRead && status === 200 && isKnownAs(request.headers['if-none-match'], headers['etag'])) {
    response.status(304).end();
    return;
  }
  response.status(status);
  if (status !== 204) response.set('Content-Length', String(body.length)); // RFC 9110: not with 204
  response.end(request.method === 'HEAD' ? undefined : body);
};

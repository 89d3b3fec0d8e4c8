import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { NOT_KEPT } from '#adapters/http/endpoint.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import type { Admit } from './admission.ts';
import { isKnownAs, tagsOf, targetOf } from './cache-rules.ts';
import { forwardedHeaders, type Forwarded, type Proxy } from './proxy.ts';
import { readBody } from './read-body.ts';
import { refuse } from './refuse.ts';
import type { CachedAnswer, ResponseCache } from './response-cache.ts';
import { rateClassOf, type Match } from './routes.ts';
import type { ViewReporter } from './view-reporter.ts';

/** What is found out about a request on its way. */
export interface Locals {
  route?: string;
  client?: string;
  cache?: 'hit' | 'miss';
  /** Of the span that the services' spans are parts of. */
  traceparent?: string;
}

export interface ForwardOptions {
  /** Of the service's instances, whose turn it is first. */
  readonly addressesOf: (service: string) => readonly string[];
  readonly cache: ResponseCache;
  readonly admit: Admit;
  /** Told of each request that found no place. */
  readonly onShed: (service: string, rateClass: string) => void;
  readonly proxy: Proxy;
  readonly views: ViewReporter;
  readonly logger: Logger;
}

/** When to try again what was away. */
export const SOON = { 'Retry-After': '2' };

/** As long as `fetch` waits for an answer. */
const IMPORT_MS = 300_000;

/** Answers with what the route's service answers, or has answered a moment ago; 503 when it does not, or has too much to do. */
export const forward = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  match: Match,
): Promise<void> => {
  const { operation, service } = match.route;
  const rateClass = rateClassOf(match);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const body = await readBody(request, match.route.bodyBytes);
    if (body === 'too large') refuse(request, response, 'PAYLOAD_TOO_LARGE', 'The body is too large.');
    else if (operation['x-streams'] === true && request.method === 'HEAD')
      refuse(request, response, 'METHOD_NOT_ALLOWED', 'A stream supports GET only.', { Allow: 'GET' });
    else if (operation['x-streams'] === true)
      await stream(options, response, match, forwarded(options, request, response, match, body, gone.signal));
    else await answer(options, request, response, match, body, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    if (error instanceof Overloaded) {
      options.onShed(service, rateClass);
      refuse(request, response, 'OVERLOADED', 'The service is overloaded; try again shortly.', SOON);
      return;
    }
    options.logger.warn({ err: error, service }, 'a service does not answer');
    if (response.headersSent) response.destroy();
    else refuse(request, response, 'UNAVAILABLE', 'The service is not responding; try again shortly.', SOON);
  }
};

/** What is a caller's own is kept by nobody, whatever its service says. */
const headersOf = ({ route }: Match, { headers }: Pick<CachedAnswer, 'headers'>): Map<string, string> =>
  new Map([...Object.entries(headers), ...(route.isShared ? [] : [['cache-control', NOT_KEPT] as const])]);

/** Takes a place until the answer begins: a stream that is open costs its service next to nothing. */
const stream = async (
  options: ForwardOptions,
  response: Response,
  match: Match,
  wanted: Forwarded,
): Promise<void> => {
  const { body, ...head } = await admitted(options, match, wanted, () => options.proxy.stream(wanted));
  response.status(head.status).setHeaders(headersOf(match, head)).flushHeaders();
  await pipeline(body, response);
};

const answer = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  match: Match,
  body: Buffer | undefined,
  gone: AbortSignal,
): Promise<void> => {
  const { views } = options;
  const tags = tagsOf(match);
  const given =
    tags === undefined
      ? await ask(options, match, forwarded(options, request, response, match, body, gone))
      : await sharedAnswer(options, request, response, match, tags);
  if (match.route.operation['x-reports-view'] === true && given.status === 200)
    views.count(match.params['product_id'] ?? '');
  send(response, request, match, given);
};

/** One that is the same for everybody: kept, under way for somebody else, or asked for now. */
const sharedAnswer = async (
  options: ForwardOptions,
  request: Request,
  response: Response,
  match: Match,
  tags: readonly string[],
): Promise<CachedAnswer> => {
  const { cache } = options;
  // Others may wait for it: it is not given up when this client goes, and nothing of this client goes into it.
  const { signal } = new AbortController();
  const wanted = forwarded(options, request, response, match, undefined, signal);
  const { answer: given, isKept } = await cache.getOrMake(targetOf(request, match), tags, () =>
    ask(options, match, { ...wanted, headers: ownHeaders(request, response) }),
  );
  (response.locals as Locals).cache = isKept ? 'hit' : 'miss';
  return given;
};

const ask = (options: ForwardOptions, match: Match, wanted: Forwarded): Promise<CachedAnswer> =>
  admitted(options, match, wanted, () => options.proxy.answer(wanted));

const admitted = <T>(
  { admit }: ForwardOptions,
  match: Match,
  { signal }: Forwarded,
  work: () => Promise<T>,
): Promise<T> => admit(match.route.service, rateClassOf(match), work, signal);

const forwarded = (
  { addressesOf }: ForwardOptions,
  request: Request,
  response: Response,
  match: Match,
  body: Buffer | undefined,
  signal: AbortSignal,
): Forwarded => ({
  method: request.method === 'HEAD' ? 'GET' : request.method,
  origins: addressesOf(match.route.service),
  path: targetOf(request, match),
  headers: {
    ...forwardedHeaders(credentialsFor(match, request)),
    ...ownHeaders(request, response),
  },
  body,
  answerMs: rateClassOf(match) === 'import' ? IMPORT_MS : undefined,
  isRepeatable:
    match.route.method === 'GET' ||
    (match.route.takesKey && request.headers['idempotency-key'] !== undefined),
  signal,
});

/** A token that nobody asks for goes no further. */
const credentialsFor = ({ route }: Match, { headers }: Request): Request['headers'] => {
  const { authorization: _, ...others } = headers;
  return route.access === 'everybody' ? others : headers;
};

const ownHeaders = (request: Request, response: Response): Record<string, string> => {
  const { traceparent } = response.locals as Locals;
  return {
    'x-correlation-id': String(response.getHeader('x-correlation-id')),
    'x-forwarded-for': request.ip ?? '',
    ...(traceparent === undefined ? {} : { traceparent }),
  };
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

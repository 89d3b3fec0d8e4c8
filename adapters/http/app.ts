import express, { type Express, type Request, type Response } from 'express';
import type { Ids } from '#kernel/ids.ts';
import { GUEST, type Principal } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { runBecauseOf } from '../context/cause.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { asTraceparent } from '../observability/traceparent.ts';
import { beginServerSpan } from '../observability/tracing.ts';
import { deniedTo, type Denied } from './access.ts';
import type { Application } from './application.ts';
import { callerOf } from './authentication.ts';
import { clientAddressOf } from './client-address.ts';
import { queryOf, type Endpoint } from './endpoint.ts';
import { isStream, type Answered } from './exchange.ts';
import { HttpProblem } from './problem.ts';
import { bodyOf } from './read-body.ts';
import { matchOf, nothingThere, type Found } from './recognition.ts';
import { writeStream } from './write-stream.ts';

export interface HttpAppOptions {
  /** The service's name in spans. */
  readonly name: string;
  readonly application: Application;
  readonly verify: TokenVerifier;
  /** `/health/ready` returns 200 if true, or else 503. */
  readonly ready: () => Promise<boolean>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly ids: Ids;
}

/** The Express application of a service: its operations over HTTP, its health and its metrics. */
export const makeHttpApp = (options: HttpAppOptions): Express => {
  const { application, ready, metrics } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    const isReady = await ready();
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  app.use((request, response) => {
    const found = application.router(request.method, request.path);
    const route = matchOf(found)?.route.path ?? 'other'; // counted together, so that scans create no new series
    return inContext(options, request, response, route, async () => {
      await write(response, await answerTo(options, request, response, found));
    });
  });
  return app;
};

/** Correlation ID and trace context, from the gateway or new; RED metrics per documented route. */
const inContext = (
  { name, ids, metrics }: HttpAppOptions,
  request: Request,
  response: Response,
  route: string,
  work: () => Promise<void>,
): Promise<void> => {
  const startedAt = performance.now();
  const given = request.get('x-correlation-id');
  const correlationId = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : ids.next();
  const parent = asTraceparent(request.get('traceparent'));
  const span = beginServerSpan(name, request.method, parent);
  if (span) response.once('close', () => span.end(route, response.statusCode));
  response.once('finish', () => {
    metrics.observe(request.method, route, response.statusCode, (performance.now() - startedAt) / 1_000);
  });
  const traceparent = span?.traceparent ?? parent;
  response.setHeader('X-Correlation-Id', correlationId);
  const cause = { correlationId, causationId: correlationId };
  return runBecauseOf(traceparent === undefined ? cause : { ...cause, traceparent }, work);
};

/** Finds operation and principal before any of the body is read. */
const answerTo = async (
  { application, verify }: HttpAppOptions,
  request: Request,
  response: Response,
  found: Found<Endpoint>,
): Promise<Answered> => {
  const match = matchOf(found);
  const address = clientAddressOf(request);
  let principal: Principal = GUEST;
  try {
    if (!match) throw nothingThere(found);
    const { route } = match;
    const caller = await callerOf(verify, route, request.get('authorization'));
    if (caller.ok) principal = caller.value; // the security log also names refused callers
    const denied: Denied | undefined = caller.ok ? deniedTo(route, caller.value) : caller.error;
    if (denied) throw new HttpProblem(denied.code, denied.detail, undefined, denied.headers);
    const body = await bodyOf(request, response, route);
    if (body === 'too large') throw new HttpProblem('PAYLOAD_TOO_LARGE', 'The body is too large.');
    const target = request.path + queryOf(route, request.url);
    const { headers } = request;
    return await application.answer({ match, target, headers, body, principal, address, signal: goneSignal(response) }); // prettier-ignore
  } catch (error) {
    const { method, path } = request;
    return application.refuse(error, { method, path, match, principal, address });
  }
};

/** Aborted when the client disconnects. */
const goneSignal = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

const write = async (response: Response, { status, headers, body }: Answered): Promise<void> => {
  response.status(status);
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  if (!isStream(body)) {
    if (body !== undefined) response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
    return;
  }
  await writeStream(response, body);
};

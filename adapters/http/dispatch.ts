import type { Request as ExpressRequest, RequestHandler, Response } from 'express';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import type { Err, Refusal } from '#kernel/result.ts';
import { nameOf } from '../auth/principal.ts';
import type { Audit } from './audit.ts';
import { principalOf } from './authentication.ts';
import { clientAddressOf } from './client-address.ts';
import { NOT_KEPT } from './endpoint.ts';
import { fingerprint } from './fingerprint.ts';
import { goneSignal, lifetimeOf } from './lifetime.ts';
import { matchOf } from './recognition.ts';
import {
  COMMON_ERRORS,
  HttpProblem,
  PROBLEM_JSON,
  toProblem,
  type ErrorCatalogue,
  type Problem,
} from './problem.ts';
import { unstorable } from './storable.ts';

interface AnyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly type?: string;
}

type AnyHandler = (request: object) => Promise<AnyAnswer | Err<Refusal>>;

interface Documented {
  readonly schema: { readonly operationId: string };
  readonly pathParams: Record<string, string>;
}

/** Calls the handler of the operation, and writes its answer. */
export const dispatch = (handlers: object, errors: ErrorCatalogue, audit: Audit): RequestHandler => {
  const byId = new Map(Object.entries(handlers as Record<string, AnyHandler>));
  const catalogue = { ...COMMON_ERRORS, ...errors };
  return async (request, response) => {
    // The type that the middleware gives `openapi` does not know its metadata.
    const documented = (request as unknown as { openapi?: Documented }).openapi;
    const handler = documented && byId.get(documented.schema.operationId);
    if (!handler) throw new HttpProblem('NOT_FOUND', 'There is no such resource.');
    const { operation, isShared } = matchOf(request).route;
    // Who may call was decided by the one, what may be sent by the other.
    if (operation.operationId !== documented.schema.operationId)
      throw new Error(`${operation.operationId} was recognised as ${documented.schema.operationId}`);
    refuseUnstorable(request, documented);
    const signal =
      operation['x-streams'] === true ? lifetimeOf(response, principalOf(request)) : goneSignal(response);
    const answer = await handler(toRequest(request, documented, signal)).catch((error: unknown) => {
      audit.acted(request, 500); // nobody knows how far it got
      throw error;
    });
    if ('ok' in answer) {
      const problem = problemOf(catalogue, answer, request.path);
      audit.refused(request, problem.code);
      sendRefusal(response, problem, answer.error.retryAfterS);
    } else {
      audit.acted(request, answer.status);
      await send(response, answer, signal, isShared);
    }
  };
};

/** After validation, so that only what is bounded is looked through. An import's text is looked at row by row. */
const refuseUnstorable = (request: ExpressRequest, { pathParams }: Documented): void => {
  const body: unknown = request.body;
  const parts = { path: pathParams, query: request.query, body: typeof body === 'string' ? undefined : body };
  const pointer = unstorable(parts);
  if (pointer === undefined) return;
  const message = 'contains a character that cannot be stored, or is not a finite number';
  throw new HttpProblem('VALIDATION_FAILED', 'See errors.', [{ pointer, message }]);
};

const toRequest = (
  request: ExpressRequest,
  { schema, pathParams }: Documented,
  signal: AbortSignal,
): object => ({
  path: pathParams,
  query: request.query,
  headers: request.headers,
  body: request.body as unknown,
  principal: principalOf(request),
  address: clientAddressOf(request),
  idempotency: idempotencyKeyOf(request, schema.operationId),
  ifMatch: ifMatchOf(request),
  signal,
});

const idempotencyKeyOf = (request: ExpressRequest, operation: string): IdempotencyKey | undefined => {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  return {
    principal: nameOf(principalOf(request)),
    operation,
    key,
    fingerprint: fingerprint(request.method, request.originalUrl, request.body),
  };
};

const ifMatchOf = (request: ExpressRequest): number | undefined => {
  const header = request.get('if-match');
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"(?<version>\d{1,15})"$/.exec(header)?.groups?.['version'];
  if (version === undefined)
    throw new HttpProblem('PRECONDITION_FAILED', 'If-Match must be an ETag of this resource.');
  return Number(version);
};

/** When to come back for what is not available right now, in seconds. */
const SOON_S = 2;

const problemOf = (catalogue: ErrorCatalogue, { error }: Err<Refusal>, instance: string): Problem => {
  const { code, detail, errors, more } = error;
  if (!(code in catalogue)) throw new Error(`${code} is missing from the error catalogue`);
  return { ...more, ...toProblem(catalogue, code, detail, instance, errors) };
};

const sendRefusal = (response: Response, problem: Problem, retryAfterS: number | undefined): void => {
  const later = retryAfterS ?? (problem.status === 503 ? SOON_S : undefined);
  if (later !== undefined) response.setHeader('Retry-After', later);
  // Through `json`, so that problems are validated like any other answer.
  response.status(problem.status).type(PROBLEM_JSON).json(problem);
};

const send = async (
  response: Response,
  { status, headers = {}, body, type }: AnyAnswer,
  signal: AbortSignal,
  isShared: boolean,
): Promise<void> => {
  response.status(status).set(headers);
  if (!isShared) response.setHeader('Cache-Control', NOT_KEPT); // whatever the handler says
  if (body === undefined) {
    response.end();
  } else if (isStream(body)) {
    response.type(type ?? 'text/event-stream').flushHeaders();
    // Even one that does not listen sends nothing more.
    signal.addEventListener('abort', () => response.end(), { once: true });
    for await (const chunk of body) {
      if (response.destroyed || signal.aborted) return; // and the stream is told to return, too
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } else if (type !== undefined) {
    response.type(type).end(body);
  } else {
    response.json(body);
  }
};

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Resolves when the client has read on, or has gone. */
const drained = (response: Response): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once('drain', resolve).once('close', resolve);
  });

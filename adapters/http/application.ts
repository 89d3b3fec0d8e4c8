import type { IdempotencyKey } from '#kernel/idempotency.ts';
import type { Err, Refusal } from '#kernel/result.ts';
import { nameOf } from '../auth/principal.ts';
import { runInAct } from '../context/act.ts';
import type { Logger } from '../observability/logger.ts';
import type { SecurityLog } from '../observability/security-log.ts';
import { makeAudit, staffActOf, type Act } from './audit.ts';
import { parseBody, parseForm } from './bodies.ts';
import { endpointsOf, NOT_KEPT, type Endpoint } from './endpoint.ts';
import { headersOf, problemFor } from './error-answers.ts';
import { isStream, pathOf, type Answered, type Asked } from './exchange.ts';
import { fingerprint } from './fingerprint.ts';
import { JsonText } from './json-text.ts';
import { during, lifetimeOf } from './lifetime.ts';
import {
  COMMON_ERRORS,
  HttpProblem,
  PROBLEM_JSON,
  toProblem,
  type ErrorCatalogue,
  type Problem,
} from './problem.ts';
import { limited } from './read-body.ts';
import { isMultipart, multipartForm, type MultipartForm } from './multipart.ts';
import { makeRouter, type Router } from './router.ts';
import type { Operation, Spec } from './spec.ts';
import { unstorable } from './storable.ts';
import { makeValidation, type Checked } from './validation.ts';

interface HandlerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly type?: string;
}

type Handler = (request: object) => Promise<HandlerAnswer | Err<Refusal>>;

export interface ApplicationOptions {
  readonly spec: Spec;
  /** Handlers by operation id; typed at the service as `Handlers<operations, Code>`. */
  readonly handlers: object;
  readonly errors: ErrorCatalogue;
  readonly logger: Logger;
  readonly security: SecurityLog;
  /** Off in production, where an invalid response should not become an error. */
  readonly validateResponses: boolean;
}

/** The operations of a service, for every transport. */
export interface Application {
  readonly router: Router<Endpoint>;
  /** Never rejects: every failure becomes a problem. */
  answer(asked: Asked): Promise<Answered>;
  /** Returns the problem for an error, logs it if it is our fault, and tells the security log. */
  readonly refuse: (error: unknown, act: Act) => Answered;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = `${PROBLEM_JSON}; charset=utf-8`;

/** When to retry an unavailable operation, in seconds. */
const SOON_S = 2;

export const makeApplication = (options: ApplicationOptions): Application => {
  const { spec, handlers, errors, logger } = options;
  const byId = new Map(Object.entries(handlers as Record<string, Handler>));
  const catalogue = { ...COMMON_ERRORS, ...errors };
  const validation = makeValidation(spec, options.validateResponses);
  const audit = makeAudit(options.security);

  const refuse = (error: unknown, act: Act): Answered => {
    const problem = problemFor(error, catalogue, act.path);
    if (problem.status >= 500)
      logger.error({ err: error, method: act.method, path: act.path }, 'request failed');
    audit.refused(act, problem.code);
    return problemAnswer(problem, act.match, {
      ...headersOf(error),
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    });
  };

  const carryOut = async (asked: Asked, act: Act): Promise<Answered> => {
    const { match, principal, headers } = asked;
    const { operation, bodyBytes } = match.route;
    const { body: given } = asked;
    const parsed = isStream(given)
      ? (takesForm(operation) ? formIn : fileIn)(given, headers, bodyBytes)
      : await (operation['x-pages'] === undefined ? parseBody : parseForm)(given, headers, bodyBytes);
    const checked = await validation(asked, parsed);
    const handler = byId.get(operation.operationId);
    if (!handler) throw new HttpProblem('NOT_FOUND', 'There is no such resource.');
    refuseUnstorable(checked);
    const lifetime =
      operation['x-streams'] === true
        ? lifetimeOf(asked.signal, principal)
        : { signal: asked.signal, close: () => undefined };
    const answer = await runInAct(staffActOf(asked, checked), () =>
      handler(toRequest(asked, checked, lifetime.signal)),
    ).catch((error: unknown) => {
      lifetime.close();
      audit.acted(act, 500); // it may have completed in part
      throw error;
    });
    if ('ok' in answer) {
      lifetime.close();
      const problem = problemOf(catalogue, answer, act.path);
      audit.refused(act, problem.code);
      await checked.answer(problem.status, PROBLEM_TYPE, problem);
      return problemAnswer(problem, match, laterOf(problem, answer.error.retryAfterS));
    }
    audit.acted(act, answer.status);
    const { status, body, type } = answer;
    if (isStream(body)) {
      const streamed = during(lifetime, body, type === undefined, (error) => {
        logger.error({ err: error, method: act.method, path: act.path }, 'request failed');
      });
      return { status, headers: headersFor(match, answer, type ?? 'text/event-stream'), body: streamed };
    }
    lifetime.close();
    if (body === undefined) return { status, headers: headersFor(match, answer, undefined), body };
    if (type !== undefined)
      return { status, headers: headersFor(match, answer, type), body: body as string | Uint8Array };
    await checked.answer(status, JSON_TYPE, body);
    const text = body instanceof JsonText ? body.text : JSON.stringify(body);
    return { status, headers: headersFor(match, answer, JSON_TYPE), body: text };
  };

  return {
    router: makeRouter(endpointsOf(spec)),
    refuse,
    answer: async (asked) => {
      const { match, target, principal, address } = asked;
      const act = { method: match.route.method, path: pathOf(target), match, principal, address };
      try {
        return await carryOut(asked, act);
      } catch (error) {
        return refuse(error, act);
      }
    },
  };
};

const fileIn = (
  file: AsyncIterable<Uint8Array>,
  headers: Asked['headers'],
  limit: number,
): AsyncIterable<Uint8Array> => {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'A file is sent as it is, without a content encoding.');
  return limited(file, limit);
};

/** Whether its body is a form with files: its handler reads it, and checks the fields. */
const takesForm = ({ requestBody }: Operation): boolean =>
  requestBody?.content?.['multipart/form-data'] !== undefined;

const formIn = (body: AsyncIterable<Uint8Array>, headers: Asked['headers'], limit: number): MultipartForm => {
  const { 'content-type': type = '' } = headers;
  if (!isMultipart(type))
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'The form is sent as multipart/form-data.');
  return multipartForm(fileIn(body, headers, limit), type);
};

const problemAnswer = (
  problem: Problem,
  match: Act['match'],
  headers: Readonly<Record<string, string>>,
): Answered => ({
  status: problem.status,
  headers: {
    'content-type': PROBLEM_TYPE,
    ...(match && !match.route.isShared ? { 'cache-control': NOT_KEPT } : {}),
    ...headers,
  },
  body: JSON.stringify(problem),
});

const laterOf = ({ status }: Problem, retryAfterS: number | undefined): Record<string, string> => {
  const later = retryAfterS ?? (status === 503 ? SOON_S : undefined);
  return later === undefined ? {} : { 'retry-after': String(later) };
};

/** Private responses are never cached, whatever the handler says. */
const headersFor = (
  { route }: Asked['match'],
  { headers = {} }: HandlerAnswer,
  type: string | undefined,
): Answered['headers'] => {
  const all: Record<string, string> = {};
  for (const name in headers) all[name.toLowerCase()] = headers[name] ?? '';
  if (type !== undefined) all['content-type'] ??= type.startsWith('text/') ? `${type}; charset=utf-8` : type;
  if (!route.isShared) all['cache-control'] = NOT_KEPT;
  return all;
};

/** Runs after validation, so that only bounded values are scanned. Files are checked row by row. */
const refuseUnstorable = ({ path, query, body }: Checked): void => {
  const isFile = typeof body === 'string' || body instanceof Uint8Array || isStream(body);
  const pointer = unstorable({ path, query, body: isFile ? undefined : body });
  if (pointer === undefined) return;
  const message = 'contains a character that cannot be stored, or is not a finite number';
  throw new HttpProblem('VALIDATION_FAILED', 'See errors.', [{ pointer, message }]);
};

const toRequest = (asked: Asked, checked: Checked, signal: AbortSignal): object => ({
  path: checked.path,
  query: checked.query,
  headers: checked.headers,
  body: checked.body,
  raw: asked.body,
  principal: asked.principal,
  address: asked.address,
  idempotency: idempotencyKeyOf(asked, checked.body),
  ifMatch: ifMatchOf(asked),
  signal,
});

const idempotencyKeyOf = (
  { match: { route }, target, headers, principal }: Asked,
  body: unknown,
): IdempotencyKey | undefined => {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  return {
    principal: nameOf(principal),
    operation: route.operation.operationId,
    key,
    fingerprint: fingerprint(route.method, target, body),
  };
};

const ifMatchOf = ({ headers }: Asked): number | undefined => {
  const header = headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"(?<version>\d{1,15})(?:\.\d{1,15})?"$/.exec(header)?.groups?.['version'];
  if (version === undefined)
    throw new HttpProblem('PRECONDITION_FAILED', 'If-Match must be an ETag of this resource.');
  return Number(version);
};

const problemOf = (catalogue: ErrorCatalogue, { error }: Err<Refusal>, instance: string): Problem => {
  const { code, detail, errors, more } = error;
  if (!(code in catalogue)) throw new Error(`${code} is missing from the error catalogue`);
  return { ...more, ...toProblem(catalogue, code, detail, instance, errors) };
};

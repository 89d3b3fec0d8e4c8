import type { ErrorRequestHandler } from 'express';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { Logger } from '../observability/logger.ts';
import { isUnavailable as isStoreAway } from '../postgres/sql.ts';
import { Overloaded } from '../resilience/bulkhead.ts';
import { isAway as isCalleeAway } from '../resilience/policy.ts';
import {
  COMMON_ERRORS,
  HttpProblem,
  toProblem,
  type CommonCode,
  type ErrorCatalogue,
  type FieldError,
  type Problem,
} from './problem.ts';

/** Errors thrown by body-parser and the OpenAPI middleware. */
interface MiddlewareError {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly { readonly path?: string; readonly message?: string }[];
}

const isMiddlewareError = (error: unknown): error is MiddlewareError =>
  error instanceof Error && 'status' in error && typeof error.status === 'number';

const CODES: Readonly<Record<number, CommonCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

const isAway = (error: unknown): boolean => isCalleeAway(error) || isStoreAway(error);

/** When to retry, in seconds: overload passes sooner than an outage. */
const LATER = { 'retry-after': '1' };
const SOON = { 'retry-after': '2' };

/** Messages of the validator in other words. */
const CLEARER: Readonly<Record<string, string>> = {
  'boolean schema is false': 'must not be sent together with another field',
};

const fieldErrors = ({ errors }: MiddlewareError): readonly FieldError[] | undefined =>
  errors?.map(({ path = '', message = '' }) => ({ pointer: path, message: CLEARER[message] ?? message }));

/** Headers of an error response: allowed methods, when to retry. */
export const headersOf = (error: unknown): Readonly<Record<string, string>> => {
  if (error instanceof HttpProblem || isMiddlewareError(error)) return error.headers ?? {};
  if (error instanceof Overloaded) return LATER;
  return isAway(error) ? SOON : {};
};

/** The problem for a thrown error; unexpected errors reveal no details. */
export const problemFor = (error: unknown, catalogue: ErrorCatalogue, instance: string): Problem => {
  const all = { ...COMMON_ERRORS, ...catalogue };
  const say = (code: CommonCode, detail: string, errors?: readonly FieldError[]): Problem =>
    toProblem(all, code, detail, instance, errors);

  if (error instanceof HttpProblem) return say(error.code, error.message, error.errors);
  if (error instanceof VersionConflict)
    return say('CONFLICT', 'The resource was changed at the same time; try again.');
  if (error instanceof Overloaded) return say('OVERLOADED', 'The service is overloaded; try again shortly.');
  if (isAway(error))
    return say('UNAVAILABLE', 'A service that this request needs is not responding; try again shortly.');
  if (!isMiddlewareError(error))
    return say('INTERNAL', 'The error is logged under the correlation ID of this response.');
  if (error.type === 'entity.parse.failed') return say('MALFORMED_BODY', 'The body is not valid JSON.');
  if (error.status === 400) return say('VALIDATION_FAILED', 'See errors.', fieldErrors(error));
  const code = CODES[error.status];
  return code
    ? say(code, error.message)
    : say('INTERNAL', 'The error is logged under the correlation ID of this response.');
};

/** The last handler of an application: responds to any thrown error with a problem, and logs errors that are our fault. */
export const answerErrors =
  (errors: ErrorCatalogue, logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const problem = problemFor(error, errors, request.path);
    if (problem.status >= 500)
      logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    // Cut off, so that the client does not take the partial response for a complete one.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.set(headersOf(error));
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };

import type { FieldError } from '#kernel/result.ts';

/** RFC 9457 problem details, the body of every error response. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  /** Stable, from an error catalogue; the field for programs to switch on. */
  readonly code: string;
  readonly errors?: readonly ProblemError[];
}

interface ProblemError extends Omit<FieldError, 'itemId'> {
  readonly item_id?: string;
}

export type { FieldError };

export const PROBLEM_JSON = 'application/problem+json';

/** Status and title of each code. One table per service; a test compares it with the OpenAPI file. */
export type ErrorCatalogue<Code extends string = string> = Readonly<
  Record<Code, { readonly status: number; readonly title: string }>
>;

/** Errors that any operation may return. */
export const COMMON_ERRORS = {
  VALIDATION_FAILED: { status: 400, title: 'Invalid request' },
  MALFORMED_BODY: { status: 400, title: 'Malformed body' },
  UNAUTHENTICATED: { status: 401, title: 'A valid access token is required' },
  FORBIDDEN: { status: 403, title: 'Not allowed' },
  STEP_UP_REQUIRED: { status: 403, title: 'Prove again who you are' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  CONFLICT: { status: 409, title: 'Conflict with a concurrent change' },
  PRECONDITION_FAILED: { status: 412, title: 'If-Match does not match the current version' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large' },
  URI_TOO_LONG: { status: 414, title: 'The URI is too long' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The Idempotency-Key was used for a different request' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Internal error' },
  OVERLOADED: { status: 503, title: 'Overloaded' },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies ErrorCatalogue;

export type CommonCode = keyof typeof COMMON_ERRORS;

/** An error response, thrown by middleware. */
export class HttpProblem extends Error {
  readonly code: CommonCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: CommonCode,
    detail: string,
    errors?: readonly FieldError[],
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = 'HttpProblem';
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

export const toProblem = (
  catalogue: ErrorCatalogue,
  code: string,
  detail: string,
  instance: string,
  errors?: readonly FieldError[],
): Problem => {
  const { status, title } = catalogue[code] ?? COMMON_ERRORS.INTERNAL;
  const type = `urn:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  const members = errors && { errors: errors.map(toProblemError) };
  return { type, title, status, detail, instance, code, ...members };
};

const toProblemError = ({ pointer, message, itemId, ...more }: FieldError): ProblemError => ({
  pointer,
  message,
  ...(itemId === undefined ? {} : { item_id: itemId }),
  ...more,
});

import type { components } from './generated/api.ts';
import type { ProblemCode } from './generated/operations.ts';

export type Problem = components['schemas']['Problem'];

/** What the shop refused, or could not do. */
export class ShopError extends Error {
  readonly status: number;
  /** Stable; what programs switch on. A newer shop may have codes that this client does not know. */
  readonly code: ProblemCode | (string & {});
  /** RFC 9457; a made-up one where something between client and shop answered. */
  readonly problem: Problem;
  /** Milliseconds after which trying again may help, where the shop says so. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs: number | undefined) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ShopError';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came, however often it was tried; `cause` is the last reason. */
export class ShopUnreachable extends Error {
  constructor(cause: unknown) {
    super('the shop cannot be reached', { cause });
    this.name = 'ShopUnreachable';
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string';

/** Reads the error that an answer is. */
export const errorOf = async (response: Response, now: Date): Promise<ShopError> => {
  const text = await response.text();
  return new ShopError(parse(text) ?? unknownProblem(response), retryAfterOf(response, now));
};

const parse = (text: string): Problem | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const unknownProblem = ({ status, statusText, url }: Response): Problem => ({
  type: 'about:blank',
  title: statusText,
  status,
  detail: `answered ${status}`,
  instance: url,
  code: 'UNKNOWN',
});

/** `Retry-After` in milliseconds, whether it names seconds or a date. */
export const retryAfterOf = (response: Response, now: Date): number | undefined => {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
};

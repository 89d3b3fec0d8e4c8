import { HttpProblem } from '#adapters/http/problem.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import { ShopError } from '#client/index.ts';
import { err, ok, type FieldError, type Result } from '#kernel/result.ts';
import type { Refused } from '../../core/ports/shop.ts';

const fieldErrorsOf = ({ problem }: ShopError): readonly FieldError[] =>
  (problem.errors ?? []).map(({ pointer, message }) => ({ pointer, message }));

const challengeOf = ({ problem }: ShopError): string | undefined =>
  'challenge' in problem && typeof problem.challenge === 'string' ? problem.challenge : undefined;

/** Codes that say that the visitor's session has ended, or is not allowed here. */
const OF_SESSION = ['UNAUTHENTICATED', 'FORBIDDEN', 'STEP_UP_REQUIRED'] as const;

/** An error that no page can explain: it becomes the problem of the page. */
const toProblem = (error: unknown): unknown => {
  if (!(error instanceof ShopError))
    return error instanceof Error ? new Outage('the shop did not respond', { cause: error }) : error;
  const ofSession = OF_SESSION.find((code) => code === error.code);
  if (ofSession) return new HttpProblem(ofSession, error.message);
  if (error.status === 429) return new HttpProblem('RATE_LIMITED', error.message);
  if (error.status === 503) return new Outage('the shop is not available', { cause: error });
  return new Error('the shop refused what a page needs', { cause: error });
};

/** The response to a query. */
export const answered = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw toProblem(error);
  }
};

/** The response to a query; undefined if the shop has nothing there. */
export const found = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    // An ID that is none is not found either.
    if (error instanceof ShopError && [400, 404].includes(error.status)) return undefined;
    throw toProblem(error);
  }
};

/** The response to a command, or the shop's refusal with its code. */
export const decided = async <T>(answer: Promise<T>): Promise<Result<T, Refused>> => {
  try {
    return ok(await answer);
  } catch (error) {
    const isRefusal =
      error instanceof ShopError &&
      error.status >= 400 &&
      error.status < 500 &&
      !['RATE_LIMITED', ...OF_SESSION].includes(error.code);
    if (!isRefusal) throw toProblem(error);
    return err({
      code: error.code,
      detail: error.problem.detail,
      errors: fieldErrorsOf(error),
      retryAfterMs: error.retryAfterMs,
      challenge: challengeOf(error),
    });
  }
};

/** The same for a command that says nothing but that it is done. */
export const done = (answer: Promise<unknown>): Promise<Result<undefined, Refused>> =>
  decided(answer.then(() => undefined));

import type { Clock } from './clock.ts';
import { retryAfterOf, ShopUnreachable } from './problem.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface RetryOptions {
  /** In all, the first one included; 1 never tries again. */
  readonly attempts: number;
  /** The first pause at most, in milliseconds; it doubles each time. */
  readonly firstMs: number;
  /** No pause is longer. An answer that asks for a longer one is not waited for. */
  readonly mostMs: number;
}

export const RETRIES: RetryOptions = { attempts: 4, firstMs: 200, mostMs: 10_000 };

const REPEATABLE = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/** Whether doing it twice does no more than doing it once. */
const isRepeatable = ({ method, headers }: Request): boolean =>
  REPEATABLE.includes(method) || headers.has('idempotency-key');

/**
 * Tries again what may be repeated, when no answer came, or one of 429 or 503. The pause is random up to a bound that
 * doubles (full jitter), so that clients do not come back all at once; `Retry-After` comes on top as the least.
 */
export const withRetries =
  (fetch: Fetch, clock: Clock, random: () => number, { attempts, firstMs, mostMs }: RetryOptions): Fetch =>
  async (request) => {
    const tries = isRepeatable(request) ? attempts : 1;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= tries;
      const outcome = await attemptOf(fetch, isLast ? request : request.clone());
      request.signal.throwIfAborted();
      const isOver = outcome.answer !== undefined && ![429, 503].includes(outcome.answer.status);
      const least = outcome.answer ? (retryAfterOf(outcome.answer, clock.now()) ?? 0) : 0;
      if (outcome.answer && (isOver || isLast || least > mostMs)) return outcome.answer;
      if (isLast) throw new ShopUnreachable(outcome.error);
      await outcome.answer?.body?.cancel();
      const bound = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
      await clock.sleep(Math.max(least, random() * bound), request.signal);
      request.signal.throwIfAborted();
    }
  };

const attemptOf = async (
  fetch: Fetch,
  request: Request,
): Promise<{ readonly answer?: Response; readonly error?: unknown }> => {
  try {
    return { answer: await fetch(request) };
  } catch (error) {
    return { error };
  }
};

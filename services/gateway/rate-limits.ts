import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Requests per client and minute, by `x-rate-class` in the OpenAPI files; those of `KEYED` per day. */
export type RateLimits = Readonly<Record<string, number>>;

/** The class of requests with an `Idempotency-Key`: each key is stored for a day, so the limit is per day. */
export const KEYED = 'keyed';

/** The class of renewals of one browser session: an old cookie, sent again and again, must not keep the user service busy. */
export const RENEWAL = 'renewal';

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;

export interface Verdict {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts a client's request in a class; a class without a limit counts as `write`. */
export type RateLimiter = (rateClass: string, client: string) => Promise<Verdict>;

/** The number of requests per client, and the window in seconds. */
export interface Window {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/** Counts a client's request; rejects with the state of its window if it exceeds the limit. */
export type Count = (client: string) => Promise<RateLimiterRes>;

export const countInMemory = (window: Window): Count => {
  const limiter = new RateLimiterMemory(window);
  return (client) => limiter.consume(client);
};

const windowOf = (rateClass: string): number => (rateClass === KEYED ? DAY_S : MINUTE_S);

/** @param countIn where the counters are stored */
export const makeRateLimiter = (
  limits: RateLimits,
  countIn: (window: Window) => Count = countInMemory,
): RateLimiter => {
  const windows = new Map(
    Object.entries(limits).map(([name, points]) => [
      name,
      {
        points,
        duration: windowOf(name),
        count: countIn({ keyPrefix: name, points, duration: windowOf(name) }),
      },
    ]),
  );
  return async (rateClass, client) => {
    const found = windows.get(rateClass) ?? windows.get('write');
    if (!found) return { isAllowed: true, headers: {} };
    const { points, duration, count } = found;
    const { isAllowed, state } = await count(client).then(
      (granted) => ({ isAllowed: true, state: granted }),
      (refused: unknown) => {
        if (refused instanceof RateLimiterRes) return { isAllowed: false, state: refused };
        throw refused;
      },
    );
    const reset = String(Math.ceil(state.msBeforeNext / 1_000));
    return {
      isAllowed,
      headers: {
        'RateLimit-Policy': `${points};w=${duration}`,
        'RateLimit-Limit': String(points),
        'RateLimit-Remaining': String(Math.max(0, state.remainingPoints)),
        'RateLimit-Reset': reset,
        ...(isAllowed ? {} : { 'Retry-After': reset }),
      },
    };
  };
};

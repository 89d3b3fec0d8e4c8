import type { components } from './generated/api.ts';
import { errorOf, ShopError } from './problem.ts';
import type { Fetch } from './retries.ts';

/** What a signed-in user is known by. */
export interface Tokens {
  readonly accessToken: string;
  /** Good for one exchange; a second use ends the session. */
  readonly refreshToken: string;
  readonly userId: string;
}

/** Where a value is kept: in memory, in a browser's storage, … */
export interface Store<Value> {
  load(): Value | undefined | Promise<Value | undefined>;
  save(value: Value | undefined): void | Promise<void>;
}

/** `undefined` is nobody. */
export type TokenStore = Store<Tokens>;

/** Forgotten with the page or process. */
export const inMemory = <Value>(value?: Value): Store<Value> => {
  let kept = value;
  return { load: () => kept, save: (next) => void (kept = next) };
};

export const memoryTokens = (tokens?: Tokens): TokenStore => inMemory(tokens);

export type Grant = components['schemas']['Grant'];

export const tokensOf = ({ access_token, refresh_token, user }: Grant): Tokens => ({
  accessToken: access_token,
  refreshToken: refresh_token,
  userId: user.user_id,
});

/** Exchanges a refresh token; throws a `ShopError` of 401 when it is refused. */
export const makeExchange =
  (fetch: Fetch, baseUrl: string, now: () => Date) =>
  async (refreshToken: string): Promise<Tokens> => {
    const response = await fetch(
      new Request(`${baseUrl}/api/v1/auth/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh_token: refreshToken }),
      }),
    );
    if (!response.ok) throw await errorOf(response, now());
    return tokensOf((await response.json()) as Grant);
  };

/**
 * Lets requests be sent as the user whose tokens are kept. A 401 exchanges the refresh token, once for all requests that
 * wait for it, and sends the request again. When the exchange is refused, the tokens are forgotten and the 401 is the
 * answer; when it cannot be made, they are kept and its error is thrown.
 */
export const withSession = (
  fetch: Fetch,
  store: TokenStore,
  exchange: (refreshToken: string) => Promise<Tokens>,
): Fetch => {
  let underWay: Promise<Tokens | undefined> | undefined;

  const renew = async (stale: string): Promise<Tokens | undefined> => {
    const kept = await store.load();
    if (!kept || kept.accessToken !== stale) return kept; // another call has refreshed, or signed out
    const next = await exchange(kept.refreshToken).catch((error: unknown) => {
      if (error instanceof ShopError && error.status === 401) return undefined;
      throw error;
    });
    await store.save(next);
    return next;
  };
  const renewOnce = (stale: string): Promise<Tokens | undefined> =>
    (underWay ??= renew(stale).finally(() => (underWay = undefined)));

  return async (request) => {
    const tokens = request.headers.has('authorization') ? undefined : await store.load();
    if (!tokens) return fetch(request);
    const again = request.clone();
    const response = await fetch(as(tokens, request));
    if (response.status !== 401) return response;
    const next = await renewOnce(tokens.accessToken);
    if (!next) return response;
    await response.body?.cancel();
    return fetch(as(next, again));
  };
};

const as = ({ accessToken }: Tokens, request: Request): Request => {
  request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
};

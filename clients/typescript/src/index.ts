import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { systemClock, type Clock } from './clock.ts';
import type { components, paths } from './generated/api.ts';
import { DEVICE_OPERATIONS, KEYED_OPERATIONS } from './generated/operations.ts';
import { orderEvents, type TimelineEntry, type WatchOptions } from './order-events.ts';
import { errorOf, ShopError } from './problem.ts';
import { RETRIES, withRetries, type Fetch, type RetryOptions } from './retries.ts';
import {
  inMemory,
  makeExchange,
  memoryTokens,
  tokensOf,
  withSession,
  type Grant,
  type Store,
  type TokenStore,
} from './session.ts';

export type { Clock } from './clock.ts';
export type { ProblemCode } from './generated/operations.ts';
export type { TimelineEntry, WatchOptions } from './order-events.ts';
export { ShopError, ShopUnreachable, type Problem } from './problem.ts';
export type { RetryOptions } from './retries.ts';
export { memoryTokens, type Store, type Tokens, type TokenStore } from './session.ts';
export type { components, paths } from './generated/api.ts';

export type Schemas = components['schemas'];

export interface ShopClientOptions {
  /** Of the gateway, without a slash at the end. */
  readonly baseUrl: string;
  /** Where tokens are kept; in memory when absent. */
  readonly tokens?: TokenStore;
  /**
   * Where the token of this device is kept; in memory when absent. It outlives the session: with it, the next login is not
   * held up by failed attempts of others.
   */
  readonly deviceToken?: Store<string>;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  /** Between 0 and 1, for the pauses between tries. */
  readonly random?: () => number;
  readonly retries?: Partial<RetryOptions>;
}

/** Every operation by its path, typed; what is no success is thrown as a `ShopError` or `ShopUnreachable`. */
export interface ShopClient extends Pick<Client<paths>, 'GET' | 'POST' | 'PUT' | 'DELETE'> {
  readonly tokens: TokenStore;
  /**
   * Keeps the tokens that it gets. Throws `SECOND_FACTOR_REQUIRED` where the account has one and the code is missing.
   * @param code of an authenticator app, or a recovery code
   */
  logIn(email: string, password: string, code?: string): Promise<Grant['user']>;
  /**
   * Logs in with a passkey alone.
   * @param get lets the user choose one, as `navigator.credentials.get`, and returns its `toJSON()`
   */
  logInWithPasskey(
    get: (options: Schemas['PasskeyRequest']) => Promise<Schemas['PasskeyLogin']['credential']>,
  ): Promise<Grant['user']>;
  /** Proves again who the user is, for an operation that was refused with `STEP_UP_REQUIRED`; keeps the new access token. */
  stepUp(password: string, code?: string): Promise<void>;
  /** Forgets the tokens, and ends the session if the shop can be reached. */
  logOut(): Promise<void>;
  /** An order's timeline as it grows, by server-sent events. */
  watchOrder(orderId: string, options?: WatchOptions): AsyncGenerator<TimelineEntry, void, undefined>;
}

/** The body of a success: `await dataOf(shop.GET(…))`. */
export const dataOf = async <Answer extends { readonly data?: unknown }>(
  answer: Promise<Answer>,
): Promise<NonNullable<Answer['data']>> => (await answer).data as NonNullable<Answer['data']>;

export const createShopClient = (options: ShopClientOptions): ShopClient => {
  const { baseUrl, clock = systemClock, random = Math.random, tokens = memoryTokens() } = options;
  const { deviceToken = inMemory<string>() } = options;
  const bare: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const retries = { ...RETRIES, ...options.retries };
  const patient = withRetries(bare, clock, random, retries);
  const now = (): Date => clock.now();
  const send = withSession(patient, tokens, makeExchange(patient, baseUrl, now));

  const signedIn = createClient<paths>({ baseUrl, fetch: send });
  const guest = createClient<paths>({ baseUrl, fetch: patient });
  for (const client of [signedIn, guest]) client.use(keys, known(deviceToken), throwing(now));

  const keep = async (grant: Grant): Promise<Grant['user']> => {
    await tokens.save(tokensOf(grant));
    if (grant.device_token !== undefined) await deviceToken.save(grant.device_token);
    return grant.user;
  };

  return {
    GET: signedIn.GET,
    POST: signedIn.POST,
    PUT: signedIn.PUT,
    DELETE: signedIn.DELETE,
    tokens,
    logIn: async (email, password, code) => {
      const grant = await withFactor(
        code,
        () => dataOf(guest.POST('/api/v1/auth/login', { body: { email, password } })),
        (body) => dataOf(guest.POST('/api/v1/auth/second-factor', { body })),
      );
      return keep(grant);
    },
    logInWithPasskey: async (get) => {
      const options = await dataOf(guest.POST('/api/v1/auth/passkey/challenge'));
      const body = { challenge: options.challenge, credential: await get(options) };
      return keep(await dataOf(guest.POST('/api/v1/auth/passkey', { body })));
    },
    stepUp: async (password, code) => {
      const { access_token: accessToken } = await withFactor(
        code,
        () => dataOf(signedIn.POST('/api/v1/auth/step-up', { body: { password } })),
        (body) => dataOf(signedIn.POST('/api/v1/auth/step-up/second-factor', { body })),
      );
      const kept = await tokens.load();
      if (kept) await tokens.save({ ...kept, accessToken });
    },
    logOut: async () => {
      const kept = await tokens.load();
      await tokens.save(undefined);
      if (kept) await guest.POST('/api/v1/auth/logout', { body: { refresh_token: kept.refreshToken } });
    },
    watchOrder: (orderId, watch = {}) =>
      orderEvents(
        { fetch: send, clock, retries },
        `${baseUrl}/api/v1/orders/${encodeURIComponent(orderId)}/events`,
        watch,
      ),
  };
};

/** Answers the challenge that follows the right password, if there is a code. */
const withFactor = async <T>(
  code: string | undefined,
  begin: () => Promise<T>,
  complete: (proof: { challenge: string; code: string }) => Promise<T>,
): Promise<T> => {
  try {
    return await begin();
  } catch (error) {
    if (code === undefined || !(error instanceof ShopError) || error.code !== 'SECOND_FACTOR_REQUIRED')
      throw error;
    const { problem } = error;
    return complete({ challenge: 'challenge' in problem ? String(problem.challenge) : '', code });
  }
};

/** A key for each request that takes one, made before the first try, so that all tries have the same. */
const keys: Middleware = {
  onRequest: ({ request, schemaPath }) => {
    const isKeyed = KEYED_OPERATIONS.has(`${request.method} ${schemaPath}`);
    if (isKeyed && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
};

/** Sends the token of this device where it matters, and keeps the one that replaces it. */
const known = (deviceToken: Store<string>): Middleware => ({
  onRequest: async ({ request, schemaPath }) => {
    const isTaken = DEVICE_OPERATIONS.has(`${request.method} ${schemaPath}`);
    const token = isTaken ? await deviceToken.load() : undefined;
    if (token !== undefined && !request.headers.has('device-token'))
      request.headers.set('device-token', token);
    return request;
  },
  onResponse: async ({ response }) => {
    const token = response.headers.get('device-token');
    if (token !== null) await deviceToken.save(token);
  },
});

const throwing = (now: () => Date): Middleware => ({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await errorOf(response, now());
  },
});

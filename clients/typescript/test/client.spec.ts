import { beforeEach, describe, expect, it } from 'vitest';
import {
  createShopClient,
  dataOf,
  memoryTokens,
  ShopError,
  ShopUnreachable,
  type ShopClient,
} from '../src/index.ts';
import { FakeClock, FakeShop, grant, json, problem } from './fake-shop.ts';

const OFFLINE = new TypeError('fetch failed');
const SIGNED_IN = { accessToken: 'access-1', refreshToken: 'refresh-1', userId: 'u' };
const CATEGORIES = json(200, { items: [] });

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

const clientOf = (shop: FakeShop, tokens = memoryTokens()): ShopClient =>
  createShopClient({ baseUrl: 'http://shop.test', fetch: shop.fetch, tokens, clock, random: () => 0.5 });

const categories = (client: ShopClient): Promise<unknown> => dataOf(client.GET('/api/v1/categories'));
const profile = (client: ShopClient): Promise<unknown> =>
  dataOf(client.GET('/api/v1/users/{user_id}', { params: { path: { user_id: 'u' } } }));
const addToCart = (client: ShopClient, headers = {}): Promise<unknown> =>
  dataOf(
    client.POST('/api/v1/cart/{user_id}/items', {
      params: { path: { user_id: 'u' } },
      body: { product_id: 'p', variant_id: 'v', quantity: 1 },
      headers,
    }),
  );

describe('a response', () => {
  it('is returned if it is a success', async () => {
    expect(await categories(clientOf(new FakeShop(json(200, { items: [{ name: 'Home' }] }))))).toEqual({
      items: [{ name: 'Home' }],
    });
  });

  it('is thrown with its code if it is a problem', async () => {
    const error = await categories(clientOf(new FakeShop(problem(404, 'NOT_FOUND')))).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ShopError);
    expect(error).toMatchObject({ status: 404, code: 'NOT_FOUND', problem: { detail: 'No.' } });
  });

  it('is also thrown if something other than the shop refuses', async () => {
    const shop = new FakeShop(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(categories(clientOf(shop))).rejects.toMatchObject({ status: 502, code: 'UNKNOWN' });
  });
});

describe('a request that may be repeated', () => {
  it.each([
    ['there is no response', OFFLINE],
    ['the shop is not available', problem(503, 'UNAVAILABLE')],
    ['the rate limit is reached', problem(429, 'RATE_LIMITED')],
  ])('is retried when %s', async (_what, trouble) => {
    const shop = new FakeShop(trouble, json(200, { items: [] }));
    expect(await categories(clientOf(shop))).toEqual({ items: [] });
    expect(clock.pauses).toEqual([100]);
  });

  it('is tried four times, with pauses up to a limit that doubles', async () => {
    const shop = new FakeShop(OFFLINE, OFFLINE, OFFLINE, OFFLINE);
    await expect(categories(clientOf(shop))).rejects.toBeInstanceOf(ShopUnreachable);
    expect(clock.pauses).toEqual([100, 200, 400]);
  });

  it.each([
    ['seconds', '3'],
    ['a date', 'Sun, 01 Mar 2026 10:00:03 GMT'],
  ])('waits at least for the time in Retry-After, in %s', async (_what, after) => {
    const shop = new FakeShop(problem(503, 'UNAVAILABLE', { 'retry-after': after }), CATEGORIES.clone());
    await categories(clientOf(shop));
    expect(clock.pauses).toEqual([3_000]);
  });

  it('is not retried if Retry-After is too long', async () => {
    const shop = new FakeShop(problem(429, 'RATE_LIMITED', { 'retry-after': '60' }));
    await expect(categories(clientOf(shop))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 60_000,
    });
    expect(clock.pauses).toEqual([]);
  });

  it('is not retried after it is aborted', async () => {
    const gone = new AbortController();
    const shop = new FakeShop(() => {
      gone.abort(new Error('enough'));
      return problem(503, 'UNAVAILABLE');
    });
    await expect(clientOf(shop).GET('/api/v1/categories', { signal: gone.signal })).rejects.toThrow('enough');
    expect(shop.calls).toHaveLength(1);
  });

  it('is not retried after an internal error', async () => {
    const shop = new FakeShop(problem(500, 'INTERNAL'));
    await expect(categories(clientOf(shop))).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('a request with an effect', () => {
  it('has its own key, the same for each try', async () => {
    const shop = new FakeShop(OFFLINE, problem(503, 'UNAVAILABLE'), json(201, {}), json(201, {}));
    const client = clientOf(shop);
    await addToCart(client);
    await addToCart(client);
    const [first, second, third, next] = shop.headers('idempotency-key');
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect([second, third]).toEqual([first, first]);
    expect(next).not.toBe(first);
    expect(new Set(shop.seen.map(({ body }) => body)).size).toBe(1);
  });

  it('keeps the key of its caller', async () => {
    const shop = new FakeShop(json(201, {}));
    await addToCart(clientOf(shop), { 'Idempotency-Key': 'order-of-mine' });
    expect(shop.headers('idempotency-key')).toEqual(['order-of-mine']);
  });

  it('is sent once if it takes no key', async () => {
    const shop = new FakeShop(OFFLINE);
    await expect(clientOf(shop).POST('/api/v1/carts')).rejects.toBeInstanceOf(ShopUnreachable);
    expect(shop.headers('idempotency-key')).toEqual([null]);
  });
});

describe('a session', () => {
  it('begins with a login, and all requests are sent with its token', async () => {
    const shop = new FakeShop(grant(1), json(200, {}));
    const client = clientOf(shop);
    expect(await client.logIn('sam@example.com', 'secret')).toEqual({ user_id: 'u' });
    await profile(client);
    expect(shop.headers('authorization')).toEqual([null, 'Bearer access-1']);
    expect(await client.tokens.load()).toEqual(SIGNED_IN);
  });

  it('ends, and the next login shows that this device is known', async () => {
    const shop = new FakeShop(
      grant(1, { device_token: 'device-1' }),
      new Response(null, { status: 204 }),
      problem(403, 'SECOND_FACTOR_REQUIRED'),
      grant(2),
    );
    const client = clientOf(shop);
    await client.logIn('sam@example.com', 'secret');
    await client.logOut();
    await client.logIn('sam@example.com', 'secret', '123456');
    expect(shop.headers('device-token')).toEqual([null, null, 'device-1', 'device-1']);
  });

  it('begins with a passkey alone', async () => {
    const shop = new FakeShop(json(200, { challenge: 'sign this', rpId: 'shop.example' }), grant(1));
    const client = clientOf(shop);
    const signed = { clientDataJSON: 'c', authenticatorData: 'a', signature: 's', userHandle: 'u' };
    const user = await client.logInWithPasskey(async ({ challenge }) => ({
      id: 'a passkey',
      response: { ...signed, signature: `of ${challenge}` },
    }));
    expect(user).toEqual({ user_id: 'u' });
    expect(await client.tokens.load()).toEqual(SIGNED_IN);
    expect(shop.seen.map(({ call }) => call)).toEqual([
      'POST /api/v1/auth/passkey/challenge',
      'POST /api/v1/auth/passkey',
    ]);
    expect(JSON.parse(shop.seen[1]?.body ?? '')).toEqual({
      challenge: 'sign this',
      credential: { id: 'a passkey', response: { ...signed, signature: 'of sign this' } },
    });
  });

  it('keeps the token that a new password gives to this device', async () => {
    const changed = new Response(null, { status: 204, headers: { 'device-token': 'device-2' } });
    const shop = new FakeShop(grant(1, { device_token: 'device-1' }), changed, json(200, {}), grant(2));
    const client = clientOf(shop);
    await client.logIn('sam@example.com', 'secret');
    await client.POST('/api/v1/users/{user_id}/password', {
      params: { path: { user_id: 'u' } },
      body: { current_password: 'secret', new_password: 'another secret' },
    });
    await profile(client);
    await client.logIn('sam@example.com', 'another secret');
    expect(shop.headers('device-token')).toEqual([null, 'device-1', null, 'device-2']);
  });

  it('ends with a logout', async () => {
    const shop = new FakeShop(new Response(null, { status: 204 }), CATEGORIES.clone());
    const client = clientOf(shop, memoryTokens(SIGNED_IN));
    await client.logOut();
    await categories(client);
    expect(shop.seen[0]).toMatchObject({
      call: 'POST /api/v1/auth/logout',
      body: '{"refresh_token":"refresh-1"}',
    });
    expect(shop.headers('authorization')).toEqual([null, null]);
  });

  it('is refreshed once for all refused requests, which are then sent again', async () => {
    const shop = new FakeShop(problem(401, 'UNAUTHENTICATED'), problem(401, 'UNAUTHENTICATED'));
    shop.then(grant(2), json(200, {}), json(201, {}));
    const client = clientOf(shop, memoryTokens(SIGNED_IN));
    await Promise.all([profile(client), addToCart(client)]);
    expect(shop.calls.filter((call) => call === 'POST /api/v1/auth/refresh')).toHaveLength(1);
    expect(shop.headers('authorization').slice(-2)).toEqual(['Bearer access-2', 'Bearer access-2']);
    const keys = shop.headers('idempotency-key').filter((key) => key !== null);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(await client.tokens.load()).toMatchObject({ refreshToken: 'refresh-2' });
  });

  it('uses each refresh token once', async () => {
    const shop = new FakeShop(problem(401, 'UNAUTHENTICATED'), grant(2), json(200, {}));
    shop.then(problem(401, 'UNAUTHENTICATED'), grant(3), json(200, {}));
    const client = clientOf(shop, memoryTokens(SIGNED_IN));
    await profile(client);
    await profile(client);
    const sent = shop.seen.filter(({ call }) => call.endsWith('/refresh')).map(({ body }) => body);
    expect(sent).toEqual(['{"refresh_token":"refresh-1"}', '{"refresh_token":"refresh-2"}']);
  });

  it('uses tokens that another client has refreshed meanwhile', async () => {
    const tokens = memoryTokens(SIGNED_IN);
    const shop = new FakeShop(
      async () => {
        await tokens.save({ ...SIGNED_IN, accessToken: 'access-9' });
        return problem(401, 'UNAUTHENTICATED');
      },
      json(200, {}),
    );
    await profile(clientOf(shop, tokens));
    expect(shop.headers('authorization')).toEqual(['Bearer access-1', 'Bearer access-9']);
  });

  it('ends when the refresh token is refused', async () => {
    const shop = new FakeShop(problem(401, 'UNAUTHENTICATED'), problem(401, 'INVALID_REFRESH_TOKEN'));
    const client = clientOf(shop, memoryTokens(SIGNED_IN));
    await expect(profile(client)).rejects.toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await client.tokens.load()).toBeUndefined();
    shop.then(json(200, { items: [] }));
    await categories(client);
    expect(shop.headers('authorization').at(-1)).toBeNull();
  });

  it('continues if the refresh fails for another reason', async () => {
    const shop = new FakeShop(problem(401, 'UNAUTHENTICATED'), OFFLINE);
    const client = clientOf(shop, memoryTokens(SIGNED_IN));
    await expect(profile(client)).rejects.toBeInstanceOf(ShopUnreachable);
    expect(await client.tokens.load()).toEqual(SIGNED_IN);
  });

  it('refreshes only once if the new token is also refused', async () => {
    const shop = new FakeShop(problem(401, 'UNAUTHENTICATED'), grant(2), problem(401, 'UNAUTHENTICATED'));
    await expect(profile(clientOf(shop, memoryTokens(SIGNED_IN)))).rejects.toMatchObject({ status: 401 });
    expect(shop.calls).toHaveLength(3);
  });

  it('does not begin with a wrong password', async () => {
    const shop = new FakeShop(problem(401, 'INVALID_CREDENTIALS'));
    const client = clientOf(shop);
    await expect(client.logIn('sam@example.com', 'wrong')).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    expect(await client.tokens.load()).toBeUndefined();
  });
});

import type { ServerResponse } from 'node:http';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { openGateway, type Received, type TestGateway } from './stub.ts';

const ADMIN_HOST = 'admin.example.com';
const gateway = forEachTest(() => openGateway());

const PROFILE = { user: { user_id: 'u-1', email: 'a@example.com' }, roles: ['admin'], permissions: [] };
const CREDENTIALS = { email: 'a@example.com', password: 'correct horse 7' };
const LASTING_S = 300;
/** Less than a request may take: renewed before each. */
const ENDING_S = 10;

const json = (response: ServerResponse, status: number, body: object): void => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
};

/** A user service whose tokens are valid for `lifetimeS`. */
const answerAsUserService = (
  lifetimeS = LASTING_S,
  more: object = {},
  one: Pick<TestGateway, 'answer' | 'userToken'> = gateway,
): void => {
  let granted = 0;
  one.answer(({ url }, response) => {
    void (async () => {
      if (url === '/api/v1/me') json(response, 200, PROFILE);
      else if (/login|second-factor|passkey|refresh|step-up/.test(url)) {
        granted += 1;
        json(response, 200, {
          access_token: await one.userToken(),
          token_type: 'Bearer',
          expires_in: lifetimeS,
          refresh_token: `refresh-${granted}`,
          ...more,
        });
      } else json(response, 200, {});
    })();
  });
};

const SESSIONS = '/api/v1/users/u-1/sessions';
const PASSWORD_OF_USER = '/api/v1/users/u-1/password';
const SHOP = { 'x-shop-client': 'shop' };
const ADMIN = { 'x-shop-client': 'admin' };

/** What a browser sends back of the cookies that it got. */
const cookiesOf = ({ headers }: Answered): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const logIn = async (headers: Readonly<Record<string, string>> = SHOP): Promise<string> =>
  cookiesOf(await gateway.send('POST', '/bff/session', { headers, body: CREDENTIALS }));

const order = (headers: Readonly<Record<string, string>>): Promise<Answered> =>
  gateway.send('PUT', '/api/v1/products/p-1', { headers, body: {} });

const receivedAt = (path: string): readonly Received[] => gateway.received.filter(({ url }) => url === path);

beforeEach(() => answerAsUserService());

describe('a login of a browser', () => {
  it('returns the account and what it may do, and no token', async () => {
    const answer = await gateway.send('POST', '/bff/session', { headers: SHOP, body: CREDENTIALS });
    expect(answer).toMatchObject({ status: 200, body: PROFILE });
    expect(JSON.stringify(answer.body)).not.toContain('token');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(receivedAt('/api/v1/auth/login')[0]?.body).toBe(JSON.stringify(CREDENTIALS));
  });

  it('keeps the tokens in a cookie that no script can read, and in which they are encrypted', async () => {
    const { headers } = await gateway.send('POST', '/bff/session', { headers: SHOP, body: CREDENTIALS });
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^shop=.*; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const parts = cookie
      .split('=')[1]
      ?.split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(parts?.join()).not.toContain('refresh-1');
  });

  it('of staff lasts until the browser is closed, and is sent by no link from elsewhere', async () => {
    const { headers } = await gateway.send('POST', '/bff/session', { headers: ADMIN, body: CREDENTIALS });
    expect(headers.getSetCookie()[0]).toMatch(/^admin=[^;]+; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('with TLS has a cookie that only this host can set', async () => {
    const behindProxy = await openGateway({ GATEWAY_TRUST_PROXY: '1' });
    answerAsUserService(LASTING_S, {}, behindProxy);
    const { headers } = await behindProxy.send('POST', '/bff/session', {
      headers: { ...SHOP, 'x-forwarded-proto': 'https' },
      body: CREDENTIALS,
    });
    expect(headers.getSetCookie()[0]).toMatch(/^__Host-shop=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });

  it('passes on refusals, with the challenge for a second factor, and sets no cookie', async () => {
    const problem = { code: 'SECOND_FACTOR_REQUIRED', challenge: 'c-1' };
    gateway.answer((_, response) => json(response, 403, problem));
    const answer = await gateway.send('POST', '/bff/session', { headers: ADMIN, body: CREDENTIALS });
    expect(answer).toMatchObject({ status: 403, body: problem });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('is completed with the code for a challenge', async () => {
    const proof = { challenge: 'c-1', code: '123456' };
    const answer = await gateway.send('POST', '/bff/session', { headers: ADMIN, body: proof });
    expect(answer.status).toBe(200);
    expect(receivedAt('/api/v1/auth/second-factor')[0]?.body).toBe(JSON.stringify(proof));
  });

  it('is completed with a passkey alone', async () => {
    const proof = { challenge: 'c-1', credential: { id: 'a passkey' } };
    const answer = await gateway.send('POST', '/bff/session', { headers: SHOP, body: proof });
    expect([answer.status, answer.body]).toEqual([200, PROFILE]);
    expect(receivedAt('/api/v1/auth/passkey')[0]?.body).toBe(JSON.stringify(proof));
  });

  it('proves the next time that the account has logged in here before', async () => {
    answerAsUserService(LASTING_S, { device_token: 'device-1' });
    const cookie = await logIn();
    expect(cookie).toContain('shop-device=device-1');
    await logIn({ ...SHOP, cookie });
    expect(receivedAt('/api/v1/auth/login')[1]?.headers['device-token']).toBe('device-1');
  });

  it.each(['', '[]', '"text"', '{'])('with the body %j is refused', async (body) => {
    const answer = await gateway.send('POST', '/bff/session', { headers: SHOP, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'MALFORMED_BODY' } });
    expect(gateway.received).toEqual([]);
  });

  it('with a body that is too large is refused', async () => {
    const answer = await gateway.send('POST', '/bff/session', { headers: SHOP, body: 'x'.repeat(200_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it.each([
    {},
    { 'x-shop-client': 'other' },
    { ...SHOP, origin: 'https://evil.example' },
    { ...SHOP, 'sec-fetch-site': 'cross-site' },
    { ...SHOP, 'sec-fetch-site': 'same-site' },
  ])('by a page that sends %j is refused', async (headers) => {
    const answer = await gateway.send('POST', '/bff/session', { headers, body: CREDENTIALS });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(gateway.received).toEqual([]);
  });

  it('counts against the limit for logins', async () => {
    const strict = await openGateway({ GATEWAY_RATE_AUTH: '1' });
    strict.answer((_, response) => json(response, 401, { code: 'INVALID_CREDENTIALS' }));
    const attempt = () => strict.send('POST', '/bff/session', { headers: SHOP, body: CREDENTIALS });
    expect((await attempt()).status).toBe(401);
    expect((await attempt()).status).toBe(429);
  });
});

describe('a request with the cookie', () => {
  it('is the user’s, and neither cookie nor refresh token reaches a service', async () => {
    const cookie = await logIn();
    expect(await order({ ...SHOP, cookie })).toMatchObject({ status: 200 });
    const [received] = receivedAt('/api/v1/products/p-1');
    expect(received?.headers.authorization).toMatch(/^Bearer /);
    expect(received?.headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(received)).not.toContain('refresh-1');
  });

  it.each<Readonly<Record<string, string>>>([{}, ADMIN, { 'x-shop-client': 'other' }])(
    'is a guest’s with the headers %j: the session is not theirs',
    async (headers) => {
      const cookie = await logIn(SHOP);
      expect((await order({ ...headers, cookie })).status).toBe(401);
    },
  );

  it('is a guest’s if the cookie is renamed to that of another client', async () => {
    const cookie = (await logIn(SHOP)).replace('shop=', 'admin=');
    expect((await order({ ...ADMIN, cookie })).status).toBe(401);
  });

  it.each(['shop=x.y.z', 'shop=', 'shop', 'shop==', `shop=${'x'.repeat(8_000)}`])(
    'of %j is a guest’s',
    async (cookie) => {
      expect((await order({ ...SHOP, cookie })).status).toBe(401);
    },
  );

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('of another origin, by %j, is refused', async (foreign) => {
    const cookie = await logIn();
    const answer = await order({ ...SHOP, ...foreign, cookie });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(receivedAt('/api/v1/products/p-1')).toEqual([]);
  });

  it('cannot be sent by other origins, to which the header is not allowed', async () => {
    const { headers } = await gateway.send('OPTIONS', '/api/v1/products', {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-headers')).not.toMatch(/x-shop-client/i);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('keeps the tokens that an operation gives, and shows the page the rest', async () => {
    answerAsUserService(LASTING_S, { device_token: 'device-2', proven: true });
    const cookie = await logIn();
    const answer = await gateway.send('POST', '/api/v1/auth/step-up', {
      headers: { ...SHOP, cookie },
      body: {},
    });
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', proven: true } });
    expect(Object.keys(answer.body)).toEqual(['token_type', 'proven']);
    expect(cookiesOf(answer)).toContain('shop-device=device-2');
    await gateway.send('DELETE', '/bff/session', { headers: { ...SHOP, cookie: cookiesOf(answer) } });
    expect(receivedAt('/api/v1/auth/logout')[0]?.body).toBe('{"refresh_token":"refresh-2"}');
  });

  it('shows the user service that the device is known, and keeps the token that replaces its own', async () => {
    answerAsUserService(LASTING_S, { device_token: 'device-1' });
    const cookie = await logIn();
    gateway.answer((_, response) => response.writeHead(204, { 'device-token': 'device-2' }).end());
    const answer = await gateway.send('DELETE', SESSIONS, { headers: { ...SHOP, cookie } });
    expect(receivedAt(SESSIONS)[0]?.headers['device-token']).toBe('device-1');
    expect([answer.status, answer.headers.get('device-token')]).toEqual([204, null]);
    expect(cookiesOf(answer)).toContain('shop-device=device-2');
    await order({ ...SHOP, cookie });
    expect(receivedAt('/api/v1/products/p-1')[0]?.headers).not.toHaveProperty('device-token');
  });

  it('uses a token of its own instead, if it has one', async () => {
    const cookie = await logIn();
    const answer = await gateway.send('PUT', '/api/v1/products/p-1', {
      ...{ token: 'not-valid', body: {} },
      headers: { ...SHOP, cookie },
    });
    expect(answer.status).toBe(401);
  });

  it('shares public responses with all callers, and renews nothing for them', async () => {
    answerAsUserService(ENDING_S);
    const cookie = await logIn();
    const answer = await gateway.send('GET', '/api/v1/products', { headers: { ...SHOP, cookie } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(receivedAt('/api/v1/products')[0]?.headers).not.toHaveProperty('authorization');
    expect(receivedAt('/api/v1/auth/refresh')).toEqual([]);
  });
});

describe('a session whose page changes the password', () => {
  const [USER_ID, OWN, OTHER] = ['c', 'a', 'b'].map((last) => `0190a000-0000-7000-8000-00000000000${last}`);
  const logInTo = async (sid: string | undefined): Promise<string> => {
    answerAsUserService(LASTING_S, { access_token: await gateway.userToken(sid, USER_ID) });
    return logIn();
  };

  it('is named by its access token, and goes on while the others end', async () => {
    const [cookie, other] = [await logInTo(OWN), await logInTo(OTHER)];
    const body = { current_password: CREDENTIALS.password, new_password: 'battery staple 8' };
    await gateway.send('POST', PASSWORD_OF_USER, { headers: { ...SHOP, cookie }, body });
    const [received] = receivedAt(PASSWORD_OF_USER);
    expect(received?.body).toBe(JSON.stringify(body));
    const token = received?.headers.authorization?.replace('Bearer ', '') ?? '';
    expect(decodeJwt(token)).toMatchObject({ sub: USER_ID, sid: OWN });
    const now = Date.now();
    await gateway.bus.publish([
      eventAbout(String(USER_ID), 'user.access_revoked', {
        kept_session_id: String(OWN),
        revoked_before: new Date(now).toISOString(),
        expired_by: new Date(now + 300_000).toISOString(),
      }),
    ]);
    await gateway.bus.caughtUp('gateway.revocations');
    expect((await order({ ...SHOP, cookie })).status).toBe(200);
    expect((await order({ ...SHOP, cookie: other })).status).toBe(401);
  });
});

describe('a session whose access token ends', () => {
  it('is renewed, once for all requests that come together', async () => {
    answerAsUserService(ENDING_S);
    const cookie = await logIn();
    const answers = await Promise.all([1, 2, 3].map(() => order({ ...SHOP, cookie })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(receivedAt('/api/v1/auth/refresh').map(({ body }) => body)).toEqual([
      '{"refresh_token":"refresh-1"}',
    ]);
    expect(answers.map((answer) => cookiesOf(answer).slice(0, 5))).toEqual(['shop=', 'shop=', 'shop=']);
  });

  it('has ended if it cannot be renewed, and its cookie is deleted', async () => {
    answerAsUserService(ENDING_S);
    const cookie = await logIn();
    gateway.answer((_, response) => json(response, 401, { code: 'INVALID_REFRESH_TOKEN' }));
    const answer = await order({ ...SHOP, cookie });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^shop=; .*Expires=Thu, 01 Jan 1970/);
  });

  it('does not keep the user service busy with an old cookie that is sent again and again', async () => {
    answerAsUserService(ENDING_S);
    const cookie = await logIn();
    const statuses: number[] = [];
    for (let index = 0; index < 30; index += 1) statuses.push((await order({ ...SHOP, cookie })).status);
    expect(receivedAt('/api/v1/auth/refresh')).toHaveLength(20);
    expect(statuses.slice(20)).toEqual(Array.from({ length: 10 }, () => 401));
  });

  it('goes on if the user service is away for a moment', async () => {
    answerAsUserService(ENDING_S);
    const cookie = await logIn();
    gateway.answer((_, response) => json(response, 503, { code: 'UNAVAILABLE' }));
    const answer = await order({ ...SHOP, cookie });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    answerAsUserService();
    expect((await order({ ...SHOP, cookie })).status).toBe(200);
  });
});

describe('the session of a browser', () => {
  it('is shown to its own page', async () => {
    const cookie = await logIn();
    const answer = await gateway.send('GET', '/bff/session', { headers: { ...SHOP, cookie } });
    expect(answer).toMatchObject({ status: 200, body: PROFILE });
  });

  it('is not there for guests, nor for a bearer token', async () => {
    const token = await gateway.userToken();
    expect((await gateway.send('GET', '/bff/session', { headers: SHOP })).status).toBe(401);
    expect((await gateway.send('GET', '/bff/session', { token, headers: SHOP })).status).toBe(401);
  });

  it('gets a newer access token when its user proves again who they are', async () => {
    const cookie = await logIn();
    const answer = await gateway.send('POST', '/bff/session/step-up', {
      headers: { ...SHOP, cookie },
      body: { password: CREDENTIALS.password },
    });
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(receivedAt('/api/v1/auth/step-up')[0]?.headers.authorization).toMatch(/^Bearer /);
    expect((await order({ ...SHOP, cookie: cookiesOf(answer) })).status).toBe(200);
  });

  it('ends with a logout, which ends the tokens as well', async () => {
    const cookie = await logIn();
    const answer = await gateway.send('DELETE', '/bff/session', { headers: { ...SHOP, cookie } });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^shop=; .*Expires=Thu, 01 Jan 1970/);
    expect(receivedAt('/api/v1/auth/logout')[0]?.body).toBe('{"refresh_token":"refresh-1"}');
  });

  it('does not look ended while the user service cannot end it', async () => {
    const cookie = await logIn();
    gateway.answer((_, response) => json(response, 503, { code: 'UNAVAILABLE' }));
    const answer = await gateway.send('DELETE', '/bff/session', { headers: { ...SHOP, cookie } });
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('of a guest ends without a call', async () => {
    expect((await gateway.send('DELETE', '/bff/session', { headers: SHOP })).status).toBe(204);
    expect(gateway.received).toEqual([]);
  });

  it('of staff exists only on the host for staff, if there is one', async () => {
    const split = await openGateway({ GATEWAY_ADMIN_HOST: ADMIN_HOST });
    const answer = await split.send('POST', '/bff/session', { headers: ADMIN, body: CREDENTIALS });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('is opened with an older key, and sealed with the newest', async () => {
    const [older, newer] = [`one:${'a'.repeat(32)}`, `two:${'b'.repeat(32)}`];
    const before = await openGateway({ GATEWAY_SESSION_KEYS: older });
    const after = await openGateway({ GATEWAY_SESSION_KEYS: `${newer},${older}` });
    for (const one of [before, after]) answerAsUserService(LASTING_S, {}, one);
    const login = await before.send('POST', '/bff/session', { headers: SHOP, body: CREDENTIALS });
    const cookie = cookiesOf(login);
    expect((await after.send('GET', '/bff/session', { headers: { ...SHOP, cookie } })).status).toBe(200);
    expect((await gateway.send('GET', '/bff/session', { headers: { ...SHOP, cookie } })).status).toBe(401);
  });
});

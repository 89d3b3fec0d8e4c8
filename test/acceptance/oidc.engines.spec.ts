import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { userIdOf } from '#adapters/auth/user-tokens.ts';
import { keycloak } from '#scripts/engines/keycloak.ts';
import { locationOf, openBrowser } from '#test/kit/browser.ts';
import { loggedInAtKeycloak, submittedTo } from '#test/kit/browser-login.ts';
import { makeSend, type Send } from '#test/kit/http.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

const Address = z.object({ issuer: z.url(), client: z.object({ id: z.string(), secret: z.string() }) });
const Token = z.object({ access_token: z.string(), id_token: z.string().optional() });

/** A product that only staff may make, with nothing in it that is right. */
const NO_PRODUCT = { body: {} };

describe('people who log in at Keycloak', () => {
  let server: PrivateEngine | undefined;
  let test: TestShop;
  let send: Send;
  let issuer: string;

  const tokensFor = async (email: string, password: string, client = 'storefront') => {
    const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: client, scope: 'openid email profile', username: email, password }),
    }); // prettier-ignore
    return Token.parse(await response.json());
  };
  const tokenFor = async (email: string, password: string): Promise<string> =>
    (await tokensFor(email, password)).access_token;

  beforeAll(async () => {
    server = await startPrivateEngine(keycloak);
    const { issuer: address, client } = Address.parse(server.addresses);
    issuer = address;
    test = await openTestShop({
      OIDC_ISSUER: issuer,
      GATEWAY_OIDC_CLIENT_ID: client.id,
      GATEWAY_OIDC_CLIENT_SECRET: client.secret,
      SHOP_SAMPLE: 'false',
    });
    send = makeSend(test.shop.url);
  });
  afterAll(async () => {
    await closeTestShops();
    await server?.stop();
  });

  it('have their own cart, at the gateway and at the service', async () => {
    const token = await tokenFor('shopper@example.com', 'demo-shopper-1');
    const [, claims = ''] = token.split('.');
    const { sub } = z
      .object({ sub: z.string() })
      .parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
    const { body: identity } = await send('GET', '/api/v1/auth/identity', { token });
    expect(identity).toMatchObject({ user_id: userIdOf(issuer, sub), email: 'shopper@example.com' });
    expect(await send('GET', `/api/v1/cart/${String(identity.user_id)}`, { token })).toMatchObject({
      status: 200,
      body: { items: [] },
    });
    expect((await send('GET', `/api/v1/cart/${sub}`, { token })).status).toBe(403);
    const other = '01900000-0000-7000-8000-000000000001';
    expect((await send('GET', `/api/v1/cart/${other}`, { token })).status).toBe(403);
  });

  it('may do what their roles allow, and nothing else', async () => {
    const shopper = await tokenFor('shopper@example.com', 'demo-shopper-1');
    const admin = await tokenFor('admin@example.com', 'demo-admin-1');
    expect((await send('POST', '/api/v1/products', { token: shopper, ...NO_PRODUCT })).status).toBe(403);
    expect((await send('POST', '/api/v1/products', { token: admin, ...NO_PRODUCT })).status).toBe(400);
  });

  it('step up by logging in at its pages again', async () => {
    const invite = async (token: string) =>
      send('POST', '/api/v1/users/invitations', {
        token,
        body: { email: 'kim@example.com', first_name: 'Kim', last_name: 'Keeper', roles: ['moderator'] },
      });
    const withoutTime = await tokenFor('admin@example.com', 'demo-admin-1');
    const refused = await invite(withoutTime);
    expect(refused).toMatchObject({ status: 403, body: { code: 'STEP_UP_REQUIRED' } });
    expect(refused.headers.get('www-authenticate')).toContain('max_age="900"');
    const stepUp = await send('POST', '/api/v1/auth/step-up', {
      token: withoutTime,
      body: { password: 'x' },
    });
    expect(stepUp).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const loggedIn = await loggedInAtKeycloak(issuer, 'admin@example.com', 'demo-admin-1');
    expect((await invite(loggedIn)).status).toBe(201);
  });

  it('log in at the pages of the shop, whose gateway keeps their tokens, and log out at Keycloak as well', async () => {
    const { jar, go } = openBrowser(test.shop.url);
    const own = { 'sec-fetch-site': 'same-origin' };
    const page = { ...own, 'x-shop-client': 'shop' };
    const toKeycloak = await go('/bff/login/shop?return_to=/account', { headers: own });
    const back = await submittedTo(locationOf(toKeycloak), 'shopper@example.com', 'demo-shopper-1');
    expect(back.startsWith(`${test.shop.url}/bff/callback/shop?`)).toBe(true);
    expect(locationOf(await go(back))).toBe('/account');
    const session = await (await go('/bff/session', { headers: page })).text();
    expect(JSON.parse(session)).toMatchObject({
      user: { email: 'shopper@example.com' },
      is_of_provider: true,
    });
    expect(session).not.toMatch(/eyJ/); // no token
    expect((await go('/account')).status).toBe(200);
    const ended = await go('/bff/session', { method: 'DELETE', headers: page });
    const { continue_at: next } = z.object({ continue_at: z.string() }).parse(await ended.json());
    const [, logout = ''] =
      /url=(.+)$/.exec((await go(next, { headers: own })).headers.get('refresh') ?? '') ?? [];
    expect(locationOf(await fetch(logout, { redirect: 'manual' }))).toBe(`${test.shop.url}/`);
    expect((await go('/bff/session', { headers: page })).status).toBe(401);
    expect([...jar.keys()]).not.toContain('shop-provider');
  });

  it('are refused with a token for another application, or an ID token', async () => {
    const { access_token, id_token } = await tokensFor('shopper@example.com', 'demo-shopper-1', 'admin-cli');
    for (const token of [access_token, id_token ?? ''])
      expect((await send('GET', '/api/v1/auth/identity', { token })).status).toBe(401);
    const own = await tokensFor('shopper@example.com', 'demo-shopper-1');
    expect((await send('GET', '/api/v1/auth/identity', { token: own.id_token ?? '' })).status).toBe(401);
  });

  it('are refused if their token was tampered with', async () => {
    const token = await tokenFor('shopper@example.com', 'demo-shopper-1');
    const [head = '', claims = '', signature = ''] = token.split('.');
    const promoted = JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()) as object, realm_access: { roles: ['admin'] } }); // prettier-ignore
    const forged = [head, Buffer.from(promoted).toString('base64url'), signature].join('.');
    expect((await send('POST', '/api/v1/products', { token: forged, ...NO_PRODUCT })).status).toBe(401);
  });

  it('buy like customers who have an account of the shop', async () => {
    const shopper = await test.shopper();
    expect(await shopper.call('GET', `/api/v1/cart/${shopper.userId}`, [200])).toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';
import { userIdOf } from '#adapters/auth/user-tokens.ts';
import { locationOf, openBrowser } from '#test/kit/browser.ts';
import { CLIENT, openOidcProvider } from '#test/kit/oidc-provider.ts';
import { makeSeal } from '../session/seal.ts';
import { openGateway } from './stub.ts';

const OWN = { 'sec-fetch-site': 'same-origin' };
const SHOP = { ...OWN, 'x-shop-client': 'shop' };

const KEY = 'k'.repeat(32);

/** A browser, and a gateway whose users log in at a provider. */
const opened = async ({ lifetimeS }: { readonly lifetimeS?: number } = {}) => {
  const provider = await openOidcProvider(lifetimeS);
  const env = {
    OIDC_ISSUER: provider.url,
    GATEWAY_OIDC_CLIENT_ID: CLIENT.id,
    GATEWAY_OIDC_CLIENT_SECRET: CLIENT.secret,
    GATEWAY_SESSION_KEYS: `one:${KEY}`,
  };
  const gateway = await openGateway(env, undefined, undefined, undefined, undefined, [provider.issuer]);
  const { jar, go } = openBrowser(gateway.url);
  /** To the provider, and to the address with which it sends the browser back. */
  const toCallback = async (path: string): Promise<string> => {
    const there = locationOf(await go(path, { headers: OWN }));
    return locationOf(await fetch(there, { redirect: 'manual' }));
  };
  const logIn = async (path = '/bff/login/shop?return_to=/account'): Promise<Response> =>
    go(await toCallback(path));
  const session = async () => {
    const response = await go('/bff/session', { headers: SHOP });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { provider, gateway, jar, go, toCallback, logIn, session };
};

const REFUSED = '/login?notice=LOGIN_FAILED&return_to=%2Faccount';

describe('a login at the provider', () => {
  it('leads back to where it began, with a session whose tokens no page sees', async () => {
    const { provider, gateway, jar, go, logIn, session } = await opened();
    expect(locationOf(await logIn())).toBe('/account');
    const { status, body } = await session();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      user: { user_id: userIdOf(provider.url, provider.subject), email: 'olga@example.com' },
      roles: ['order_manager'],
      is_of_provider: true,
      provider: '/bff/login/shop',
    });
    expect(JSON.stringify(body)).not.toContain('token');
    expect([...jar.keys()].toSorted()).toEqual(['shop', 'shop-provider']);
    expect((await go('/account')).status).toBe(200);
    const visit = String(gateway.received.at(-1)?.headers['shop-visit']);
    expect(JSON.parse(Buffer.from(visit, 'base64url').toString())).toMatchObject({ of_provider: true });
    const [exchange] = provider.exchanges;
    expect(exchange?.get('code_verifier')?.length).toBeGreaterThanOrEqual(43);
  });

  it('is offered where there is a provider, and otherwise does not exist', async () => {
    const { go } = await opened();
    expect(await (await go('/bff/logins', { headers: SHOP })).json()).toEqual({
      provider: '/bff/login/shop',
    });
    const without = await openGateway();
    expect((await without.send('GET', '/bff/logins', { headers: SHOP })).body).toEqual({});
    expect((await fetch(`${without.url}/bff/login/shop`, { redirect: 'manual' })).status).toBe(404);
    expect((await go('/bff/login/nobody')).status).toBe(404);
  });

  it.each<[string, Parameters<Awaited<ReturnType<typeof openOidcProvider>>['lie']>[0]]>([
    ['a wrong state', { response: { state: 'another' } }],
    ['no state', { response: { state: '' } }],
    ['another issuer', { response: { iss: 'https://evil.example' } }],
    ['no issuer', { response: { iss: '' } }],
    ['an unknown code', { response: { code: 'guessed' } }],
    ['an error', { response: { error: 'access_denied', error_description: '<b>secret</b>' } }],
    ['a wrong nonce', { claims: { nonce: 'another' } }],
    ['an ID token for another client', { claims: { aud: 'another' } }],
    ['an ID token of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['an access token for another application', { audience: 'another' }],
  ])('fails with %s, without saying why', async (_, lies) => {
    const { provider, jar, logIn } = await opened();
    provider.lie(lies);
    expect(locationOf(await logIn())).toBe(REFUSED);
    expect([...jar.keys()]).toEqual([]);
  });

  it('counts once, and only in the browser that began it', async () => {
    const { jar, go, toCallback } = await opened();
    const callback = await toCallback('/bff/login/shop?return_to=/account');
    const begun = jar.get('shop-login') ?? '';
    jar.clear();
    expect(locationOf(await go(callback))).toContain('notice=LOGIN_FAILED');
    jar.set('shop-login', begun);
    expect(locationOf(await go(callback))).toBe('/account');
    jar.set('shop-login', begun);
    expect(locationOf(await go(callback))).toBe(REFUSED); // the code is used
  });

  it('is forgotten after ten minutes', async () => {
    const { jar, go, toCallback } = await opened();
    const callback = await toCallback('/bff/login/shop?return_to=/account');
    const seal = makeSeal([{ id: 'one', secret: Buffer.from(KEY) }]);
    const begun = await seal.openValue('shop-login', jar.get('shop-login') ?? '');
    const pending = begun as { readonly exp: number; readonly returnTo: string };
    expect(pending.returnTo).toBe('/account');
    expect(pending.exp - Date.now() / 1_000).toBeLessThanOrEqual(600);
    const { exp: _, ...known } = pending;
    jar.set('shop-login', await seal.sealValue('shop-login', known, -1));
    expect(locationOf(await go(callback))).toContain('notice=LOGIN_FAILED');
  });

  it('of one client does not count for another', async () => {
    const { jar, go, toCallback } = await opened();
    const callback = await toCallback('/bff/login/shop?return_to=/account');
    jar.set('admin-login', jar.get('shop-login') ?? '');
    expect(locationOf(await go(callback.replace('/shop', '/admin')))).toContain(
      '/admin/sign-in?notice=LOGIN_FAILED',
    );
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not lead to %s',
    async (target) => {
      const { logIn } = await opened();
      expect(locationOf(await logIn(`/bff/login/shop?return_to=${encodeURIComponent(target)}`))).toBe('/');
    },
  );

  it('takes the cart of the guest along', async () => {
    const { gateway, go, logIn } = await opened();
    const cart = { id: 'c-9', token: 'cart-token' };
    const change = Buffer.from(JSON.stringify({ cart })).toString('base64url');
    gateway.answer((_, response) =>
      response.writeHead(303, { location: '/cart', 'shop-session': change }).end(),
    );
    await go('/cart/items', { method: 'POST', headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' }); // prettier-ignore
    gateway.answer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
    await logIn();
    const merged = gateway.received.find(({ url }) => url.endsWith('/merge'));
    expect(JSON.parse(merged?.body ?? '')).toEqual({ cart_token: 'cart-token' });
    await go('/account');
    const visit = String(gateway.received.at(-1)?.headers['shop-visit']);
    expect(JSON.parse(Buffer.from(visit, 'base64url').toString())).not.toHaveProperty('cart');
  });

  it('is not possible while the provider is away', async () => {
    const { provider, go } = await opened();
    provider.goDown();
    const response = await go('/bff/login/shop');
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain(provider.url);
  });
});

describe('a session of the provider', () => {
  it('is renewed by requests that come together at once', async () => {
    const { provider, go, logIn, session } = await opened({ lifetimeS: 20 }); // renewed before each request
    await logIn();
    const answers = await Promise.all([session(), session(), session()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(provider.exchanges.map((form) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token']); // prettier-ignore
    expect((await go('/account')).status).toBe(200);
  });

  it('ends when the provider has ended it', async () => {
    const { provider, go, logIn, session } = await opened({ lifetimeS: 20 });
    await logIn();
    provider.refreshTokens.clear();
    expect((await session()).status).toBe(401);
    expect(locationOf(await go('/account'))).toBe('/login?return_to=%2Faccount');
  });

  it('ends there too when the user logs out', async () => {
    const { provider, jar, go, logIn } = await opened();
    await logIn();
    const ended = await go('/bff/session', { method: 'DELETE', headers: SHOP });
    expect(await ended.json()).toEqual({ continue_at: '/bff/logout/shop' });
    expect(provider.refreshTokens.size).toBe(0);
    const leading = await go('/bff/logout/shop', { headers: OWN });
    const [, address = ''] = /url=(.+)$/.exec(leading.headers.get('refresh') ?? '') ?? [];
    const { origin, pathname, searchParams } = new URL(address);
    expect(origin + pathname).toBe(`${provider.url}/logout`);
    expect(searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect(new URL(searchParams.get('post_logout_redirect_uri') ?? '').pathname).toBe('/');
    expect([...jar.keys()]).toEqual([]);
    expect((await go('/bff/logout/shop', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it('is proved again at the provider, by a login that is recent enough', async () => {
    const { provider, go, logIn, toCallback } = await opened();
    provider.age(3_600);
    await logIn();
    const there = locationOf(await go('/account/privacy'));
    expect(there).toMatch(/^\/bff\/login\/shop\?return_to=%2Faccount%2Fprivacy&max_age=/);
    const callback = await toCallback('/bff/login/shop?return_to=/account/privacy&max_age=900');
    expect(locationOf(await go(callback))).toBe('/account/privacy');
    provider.lie({ claims: { auth_time: Math.floor(Date.now() / 1_000) - 3_600 } });
    expect(locationOf(await logIn('/bff/login/shop?return_to=/account&max_age=900'))).toBe(REFUSED);
  });
});

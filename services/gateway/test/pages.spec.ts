import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { goneEnvelope } from '#test/kit/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { openGateway, type Received } from './stub.ts';

const gateway = forEachTest(() => openGateway());

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const OWN = { 'sec-fetch-site': 'same-origin' };
const CART = { id: 'c-1', token: 'c-1.signed' };
const GRANT = { access_token: '', expires_in: 300, refresh_token: 'refresh-1' };

const page = (
  response: ServerResponse,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
};

const session = (change: object): Readonly<Record<string, string>> => ({
  'shop-session': Buffer.from(JSON.stringify(change)).toString('base64url'),
});

const visitOf = ({ headers }: Received): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(headers['shop-visit']), 'base64url').toString()) as Record<string, unknown>;

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
  gateway.send('GET', path, { headers: { ...BROWSER, ...headers } });

/** Without following redirects. */
const raw = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(gateway.url + path, { redirect: 'manual', ...init });

const post = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  raw(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...BROWSER, ...headers },
    body: 'a=b',
  });

const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** The cookie of a visitor who has logged in by the form. */
const logIn = async (): Promise<string> => {
  const access_token = await gateway.userToken();
  gateway.answer((_, response) => page(response, 'in', session({ grant: { ...GRANT, access_token } })));
  const { headers } = await post('/login', OWN);
  gateway.answer((_, response) => page(response, '<p>page</p>'));
  return cookieOf(headers);
};

beforeEach(() => gateway.answer((_, response) => page(response, '<p>page</p>')));

describe('a page that all visitors share', () => {
  it('contains nothing of the visitor, whatever the browser sends', async () => {
    const cookie = await logIn();
    await get('/', { cookie, 'user-agent': 'Browser of Sam' });
    const received = gateway.received.at(-1);
    expect(received?.headers).not.toHaveProperty('authorization');
    expect(received?.headers).not.toHaveProperty('cookie');
    expect(received && visitOf(received)).toEqual({ language: 'en', pass: expect.any(String) });
  });

  it('is cached for each language', async () => {
    const english = { 'accept-language': 'en' };
    const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
    for (const headers of [english, german, english, german]) await get('/', headers);
    expect(gateway.received.map((one) => visitOf(one)['language'])).toEqual(['en', 'de']);
  });

  it('is in the language that the visitor has chosen', async () => {
    gateway.answer((_, response) => page(response, '', session({ language: 'de' })));
    const { headers } = await post('/language', OWN);
    expect(headers.getSetCookie()[0]).toMatch(
      /^language=de; Max-Age=\d+; Path=\/; .*HttpOnly; SameSite=Lax$/,
    );
    await get('/', { cookie: cookieOf(headers), 'accept-language': 'en' });
    expect(gateway.received.at(-1) && visitOf(gateway.received.at(-1) as Received)['language']).toBe('de');
  });

  it('does not change the session', async () => {
    gateway.answer((_, response) => page(response, '', session({ cart: CART })));
    const { headers } = await get('/');
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('shop-session')).toBeNull();
  });

  it('is made again after an event, and once more when other services have handled it as well', async () => {
    gateway.answerCounting({ 'content-type': 'text/html' });
    const count = async (): Promise<unknown> => (await get('/')).body;
    expect([await count(), await count()]).toEqual(['{"count":1}', '{"count":1}']);
    await gateway.bus.publish([goneEnvelope()]);
    await until(async () => (await count()) === '{"count":3}');
    expect(await count()).toBe('{"count":3}');
  });
});

describe('a page that needs a login of a short time ago', () => {
  it('leads to the step-up', async () => {
    const cookie = await logIn();
    const { status, headers } = await raw('/account/privacy', { headers: { ...BROWSER, cookie } });
    expect([status, headers.get('location')]).toEqual([
      303,
      '/account/step-up?return_to=%2Faccount%2Fprivacy',
    ]);
  });

  it('leads there from its form as well, and back to the page', async () => {
    const cookie = await logIn();
    const referer = `${gateway.url}/account/privacy?notice=SAVED`;
    const { headers } = await post('/account/erasure', { ...OWN, cookie, referer });
    expect(headers.get('location')).toBe('/account/step-up?return_to=%2Faccount%2Fprivacy%3Fnotice%3DSAVED');
  });
});

describe('a step-up by a form', () => {
  it('goes on with the new access token in the same session', async () => {
    const cookie = await logIn();
    const access_token = await gateway.userToken('proven');
    gateway.answer((_, response) =>
      page(response, 'ok', session({ proof: { access_token, expires_in: 300 } })),
    );
    const { headers } = await post('/language', { ...OWN, cookie });
    gateway.answer((_, response) => page(response, '<p>page</p>'));
    await get('/account', { cookie: cookieOf(headers) });
    const received = gateway.received.at(-1) as Received;
    expect(received.headers.authorization).toBe(`Bearer ${access_token}`);
    gateway.answer((_, response) => response.writeHead(204).end());
    await gateway.send('DELETE', '/bff/session', {
      headers: { ...OWN, cookie: cookieOf(headers), 'x-shop-client': 'shop' },
    });
    const ended = gateway.received.at(-1) as Received;
    expect(JSON.parse(ended.body)).toEqual({ refresh_token: GRANT.refresh_token });
  });
});

describe('a file that a form leads to', () => {
  it('is made for the visitor, and sent as it comes', async () => {
    const cookie = await logIn();
    gateway.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/zip' }).write('PK');
      response.end('zip');
    });
    const answer = await post('/account/export', { ...OWN, cookie });
    expect([answer.status, await answer.text()]).toEqual([200, 'PKzip']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const received = gateway.received.at(-1) as Received;
    expect(received.body).toBe('a=b');
    expect(visitOf(received)).toMatchObject({ token: expect.any(String) });
  });

  it('leads to a page that says why there is none', async () => {
    const cookie = await logIn();
    gateway.answer((_, response) => response.writeHead(303, { location: '/account/privacy' }).end());
    const { status, headers } = await post('/account/export', { ...OWN, cookie });
    expect([status, headers.get('location')]).toEqual([303, '/account/privacy']);
  });

  it('is an error page if the service fails', async () => {
    const cookie = await logIn();
    gateway.answer((_, response) => response.writeHead(500).end('{}'));
    const answer = await post('/account/export', { ...OWN, cookie });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('Something went wrong');
  });
});

describe('a page of one visitor', () => {
  it('is made with the credentials in the cookie, without a header that a link could not send', async () => {
    const cookie = await logIn();
    expect((await get('/account', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    const received = gateway.received.at(-1) as Received;
    expect(received.headers.authorization).toMatch(/^Bearer /);
    expect(received.headers).not.toHaveProperty('cookie');
    expect(visitOf(received)).toMatchObject({ token: expect.any(String), origin: gateway.url });
  });

  it('knows the guest cart that an earlier page has kept, and no longer when it is forgotten', async () => {
    gateway.answer((_, response) => page(response, '', session({ cart: CART })));
    const kept = await post('/cart/items', OWN);
    const cookie = cookieOf(kept.headers);
    expect(cookie).not.toContain('signed');
    expect(kept.headers.get('shop-session')).toBeNull();
    gateway.answer((_, response) => page(response, '', session({ cart: null })));
    const { headers } = await get('/cart', { cookie });
    expect(visitOf(gateway.received.at(-1) as Received)['cart']).toEqual(CART);
    expect(headers.getSetCookie()[0]).toMatch(/^shop=;/);
  });

  it('knows what a guest has entered, until that is forgotten, and the orders of the browser', async () => {
    const [older, newer] = ['o-1.1.x', 'o-2.1.x'];
    const kept = async (change: object, cookie = ''): Promise<string> => {
      gateway.answer((_, response) => page(response, '', session(change)));
      return cookieOf((await post('/cart/items', { ...OWN, cookie })).headers);
    };
    const entered = await kept({ draft: '{"city":"Berlin"}' });
    const ordered = await kept({ draft: null, order: newer }, await kept({ order: older }, entered));
    await get('/cart', { cookie: entered });
    expect(visitOf(gateway.received.at(-1) as Received)).toMatchObject({ draft: '{"city":"Berlin"}' });
    await get('/cart', { cookie: ordered });
    const visit = visitOf(gateway.received.at(-1) as Received);
    expect(visit).toMatchObject({ orders: [newer, older] });
    expect(visit).not.toHaveProperty('draft');
  });

  it('gets the proof of its device in a cookie of its own, and the session goes on', async () => {
    const cookie = await logIn();
    gateway.answer((_, response) => page(response, '', session({ device: 'newer' })));
    const { headers } = await post('/cart/items', { ...OWN, cookie });
    const [device = '', ...others] = headers.getSetCookie();
    expect([device, others]).toEqual([expect.stringMatching(/^shop-device=newer;.*HttpOnly/), []]);
  });

  it('lets the browser of a guest follow its order, and no other one', async () => {
    const token = 'o-2.1.x';
    gateway.answer((_, response) => page(response, '', session({ order: token })));
    const cookie = cookieOf((await post('/cart/items', OWN)).headers);
    for (const order of ['o-2', 'o-3'])
      await gateway.send('GET', `/api/v1/orders/${order}`, { headers: { cookie, 'x-shop-client': 'shop' } });
    expect(gateway.received.slice(-2).map(({ headers }) => headers['x-order-token'])).toEqual([
      token,
      undefined,
    ]);
  });

  it('keeps no more than a cookie can hold', async () => {
    const address = { recipient: 'Gail', line1: 'x'.repeat(1_400), city: 'Berlin', country: 'DE' };
    const orders = Array.from(
      { length: 6 },
      (_, index) => `${'0'.repeat(35)}${index}.1803816000.${'s'.repeat(43)}`,
    );
    let cookie = '';
    for (const order of orders) {
      gateway.answer((_, response) =>
        page(response, '', session({ order, cart: CART, draft: JSON.stringify({ address }) })),
      );
      cookie = cookieOf((await post('/cart/items', { ...OWN, cookie })).headers);
    }
    expect(cookie).toContain('shop-draft=');
    for (const one of cookie.split('; ')) expect(one.length).toBeLessThan(4_000);
    await get('/cart', { cookie });
    expect(visitOf(gateway.received.at(-1) as Received)['orders']).toEqual(orders.slice(1).toReversed());
  });

  it('cannot be forged by a header from outside', async () => {
    const forged = Buffer.from(JSON.stringify({ language: 'en', token: 'stolen' })).toString('base64url');
    await get('/cart', { 'shop-visit': forged });
    expect(visitOf(gateway.received.at(-1) as Received)).not.toHaveProperty('token');
    await gateway.send('GET', '/api/v1/cart', { headers: { 'shop-visit': forged, 'page-pass': 'x' } });
    expect(gateway.received.at(-1)?.headers).not.toHaveProperty('shop-visit');
    expect(gateway.received.at(-1)?.headers).not.toHaveProperty('page-pass');
  });

  it('is neither stored nor readable for other origins', async () => {
    const { headers } = await get('/cart', { origin: 'https://evil.example' });
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('ends with the session', async () => {
    const cookie = await logIn();
    gateway.answer(({ url }, response) =>
      url === '/logout' ? page(response, '', session({ ended: true })) : response.writeHead(204).end(),
    );
    const { headers } = await post('/logout', { ...OWN, cookie });
    expect(headers.getSetCookie()[0]).toMatch(/^shop=;/);
    expect(gateway.received.at(-1)).toMatchObject({
      url: '/api/v1/auth/logout',
      body: JSON.stringify({ refresh_token: 'refresh-1' }),
    });
  });
});

describe('a form', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('that comes from %j is refused, with or without a session', async (foreign) => {
    const cookie = await logIn();
    const before = gateway.received.length;
    for (const headers of [foreign, { ...foreign, cookie }]) {
      const answer = await post('/cart/items', headers);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
    expect(gateway.received).toHaveLength(before);
  });

  it.each([OWN, { origin: undefined }])('of the shop’s own pages is accepted', async (headers) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    expect((await post('/cart/items', given as Record<string, string>)).status).toBe(200);
  });
});

describe('a refusal of a page', () => {
  it('is a page in the language of the visitor, without details', async () => {
    gateway.answer((_, response) => {
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"detail":"secret"}');
    });
    const { status, headers, body } = await get('/cart', { 'accept-language': 'de' });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('text/html');
    expect(headers.get('content-security-policy')).toMatch(/style-src 'sha256-[^']+'/);
    expect(body).toContain('Seite nicht gefunden');
    expect(body).not.toContain('secret');
  });

  it('leads a visitor without a login to it, and back afterwards', async () => {
    const answer = await raw('/account?cursor=abc', { headers: BROWSER });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/login?return_to=%2Faccount%3Fcursor%3Dabc');
    expect(gateway.noted).toEqual([]);
  });

  it.each([
    ['http://HOST/checkout?address=1', '/login?return_to=%2Fcheckout%3Faddress%3D1'],
    ['https://evil.example/x', '/login?return_to=%2F'],
  ])('of a form on %s leads back to a page of the shop', async (referer, location) => {
    const answer = await post('/checkout', {
      ...OWN,
      referer: referer.replace('HOST', gateway.url.replace('http://', '')),
    });
    expect(answer.headers.get('location')).toBe(location);
  });

  it('is a page for a browser that asks for what does not exist, and a problem for a program', async () => {
    const page404 = await get('/nowhere');
    expect(page404.status).toBe(404);
    expect(page404.headers.get('content-type')).toContain('text/html');
    const problem = await gateway.send('GET', '/nowhere');
    expect(problem).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('is a page when a limit is reached', async () => {
    const strict = await openGateway({ GATEWAY_RATE_READ: '1' });
    await strict.send('GET', '/cart', { headers: BROWSER });
    const answer = await strict.send('GET', '/cart', { headers: BROWSER });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });
});

describe('the calls of the server of the pages', () => {
  it('count as the visitor’s, and against no limit', async () => {
    const strict = await openGateway({ GATEWAY_RATE_READ: '1', GATEWAY_TRUST_PROXY: '1' });
    await strict.send('GET', '/cart', { headers: { ...BROWSER, 'x-forwarded-for': '203.0.113.7' } });
    const { pass } = visitOf(strict.received.at(-1) as Received);
    const headers = { 'page-pass': String(pass) };
    for (let count = 0; count < 3; count += 1)
      expect((await strict.send('GET', '/api/v1/cart', { headers })).status).toBe(200);
    expect(strict.received.at(-1)?.headers['x-forwarded-for']).toBe('203.0.113.7');
  });

  it.each(['', 'x', '9999999999..', '9999999999.MTI3LjAuMC4x.AAAA'])(
    'have no such right with the pass %j',
    async (pass) => {
      const strict = await openGateway({ GATEWAY_RATE_READ: '1' });
      const ask = () => strict.send('GET', '/api/v1/cart', { headers: { 'page-pass': pass } });
      await ask();
      expect((await ask()).status).toBe(429);
    },
  );
});

describe('a text of the pages', () => {
  const text = 'word '.repeat(1_000);

  const compressed = (path: string, encoding: string): Promise<Response> =>
    raw(path, { headers: { ...BROWSER, 'accept-encoding': encoding } });

  it('is compressed for browsers that accept it', async () => {
    gateway.answer((_, response) => page(response, text));
    const answer = await compressed('/', 'gzip, br');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(200);
    expect(await answer.text()).toBe(text);
    expect((await compressed('/', 'identity')).headers.get('content-encoding')).toBeNull();
  });

  it('is not compressed if it is short, or the response of an API', async () => {
    expect((await compressed('/cart', 'br')).headers.get('content-encoding')).toBeNull();
    gateway.answer((_, response) => page(response, text));
    expect((await compressed('/api/v1/cart', 'br')).headers.get('content-encoding')).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFaces } from '#all-in-one/main/faces.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { makeSend } from '#test/kit/http.ts';
import { tokenIn, type ReceivedMail } from '#test/kit/shopper.ts';
import { readFileSync } from 'node:fs';
import { openTestShop, PROFILE, type TestShop } from './shop.ts';

describe(`access to an account on ${PROFILE}`, () => {
  let test: TestShop;
  beforeAll(async () => {
    test = await openTestShop();
  });
  afterAll(() => test.close());

  it('ends soon after a logout; actions of staff and refusals are in the security log', async () => {
    const shopper = await test.shopper();
    const tokens = await shopper.shop.tokens.load();
    const token = tokens?.accessToken ?? '';
    const look = async (): Promise<number> =>
      (await shopper.send('GET', '/api/v1/auth/identity', { token })).status;
    expect(await look()).toBe(200);
    await shopper.call('POST', '/api/v1/auth/logout', [204], { refresh_token: tokens?.refreshToken });
    await lookUntil(look, (status) => status === 401);

    const lines = await lookUntil(
      () =>
        Promise.resolve(
          readFileSync(test.logFile, 'utf8')
            .split('\n')
            .filter((line) => line.includes('"log":"security"')),
        ),
      (seen) => seen.some((line) => line.includes('revoked_token_used')),
    );
    expect(lines.join('\n')).toContain(`"actor":"user:${shopper.userId}"`);
    expect(lines.join('\n')).not.toContain(token);
  });

  it('of an operator is to every service, but to no customer', async () => {
    const operator = await test.staff('operator@example.com', 'demo-operator-1');
    const overview = async () =>
      (await operator.call('GET', '/api/v1/operations', [200])).body as {
        services: readonly { service: string; ready: boolean }[];
        missing: readonly string[];
      };
    // Services that are busy may be late.
    const { services } = await lookUntil(
      overview,
      ({ missing, services: all }) => missing.length === 0 && all.every(({ ready }) => ready),
    );
    expect(services.length).toBeGreaterThanOrEqual(12);
    for (const { service } of services) {
      const path = `/api/v1/operations/${service}`;
      await operator.call('GET', `${path}/dead-letters`, [200]);
      const { body: due } = await operator.call('POST', `${path}/tasks/run`, [200], { keys: ['none'] });
      expect(due).toEqual({ keys: [] });
    }
    await operator.call('GET', '/api/v1/users', [403]);
    await operator.call('GET', '/api/v1/staff/orders', [403]);
  });

  it('is not revealed to a caller who registers its e-mail address again; the owner is notified', async () => {
    const shopper = await test.shopper();
    const { body: own } = await shopper.call('GET', `/api/v1/users/${shopper.userId}`, [200]);
    const email = own.email as string;
    const look = (): Promise<readonly ReceivedMail[]> => shopper.mailsTo(email);
    const [proof] = await lookUntil(look, (seen) => seen.length > 0);
    const token = tokenIn(proof);
    await shopper.call('POST', '/api/v1/auth/email/confirm', [204], { token });
    const body = { email, password: 'another good one', first_name: 'Eve', last_name: 'Eve' };
    const { body: profile } = await shopper.call('POST', '/api/v1/users', [201], body);
    expect(profile).toMatchObject({ email, first_name: 'Eve', roles: ['customer'] });
    const mails = await lookUntil(look, (seen) => seen.some(({ subject }) => subject.includes('already')));
    expect(mails[0]?.subject).toBe('You already have an account with us');
  });

  it('is held for a browser in a cookie, which is the user until the logout and in no log', async () => {
    const shopper = await test.shopper();
    const { body: own } = await shopper.call('GET', `/api/v1/users/${shopper.userId}`, [200]);
    const email = own.email as string;
    const password = `a-long-password-${/\d+/.exec(email)?.[0] ?? ''}`;
    const send = makeSend(test.shop.url);
    const page = { 'x-shop-client': 'shop' };
    const login = await send('POST', '/bff/session', { headers: page, body: { email, password } });
    expect(login).toMatchObject({ status: 200, body: { user: { email } } });
    const cookie = login.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const headers = { ...page, cookie };
    expect((await send('GET', `/api/v1/users/${shopper.userId}`, { headers })).status).toBe(200);
    expect((await send('GET', `/api/v1/users/${shopper.userId}`, { headers: { cookie } })).status).toBe(401);
    expect((await send('DELETE', '/bff/session', { headers })).status).toBe(204);
    await lookUntil(
      async () => (await send('GET', '/bff/session', { headers })).status,
      (status) => status === 401,
    );
    expect(readFileSync(test.logFile, 'utf8')).not.toContain(cookie.split('=')[1]);
  });

  // In one process, the specs of the pages try it in a browser.
  if (PROFILE === 'distributed')
    it('of staff begins at the portal, which is a process of its own behind the gateway', async () => {
      expect(await buildFaces()).toBeUndefined();
      const page = await fetch(`${test.shop.url}/admin/orders`);
      const text = await page.text();
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
      expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
      const script = await fetch(test.shop.url + (/src="([^"]+\.js)"/.exec(text)?.[1] ?? ''), {
        headers: { 'accept-encoding': 'br' },
      });
      expect([script.status, script.headers.get('content-encoding')]).toEqual([200, 'br']);
      expect((await fetch(`${test.shop.url}/`)).headers.get('content-type')).toContain('text/html');

      const send = makeSend(test.shop.url);
      const client = { 'x-shop-client': 'admin' };
      const body = { email: 'orders@example.com', password: 'demo-orders-1' };
      const login = await send('POST', '/bff/session', { headers: client, body });
      const cookie = login.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
      const headers = { ...client, cookie };
      expect(await send('GET', '/bff/session', { headers })).toMatchObject({
        status: 200,
        body: { user: { email: body.email } },
      });
      expect((await send('GET', '/api/v1/staff/orders', { headers })).status).toBe(200);
    });
});

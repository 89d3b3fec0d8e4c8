import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { DAY, MINUTE } from '#kernel/clock.ts';
import type { Answered, TestService } from '#test/kit/http.ts';
import { ISSUER } from '#test/kit/toolbox.ts';
import { logIn, openUserService, PASSWORD, registered, registration } from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await openUserService();
});
afterEach(() => service.close());

const refresh = (refresh_token: string): Promise<Answered> =>
  service.send('POST', '/api/v1/auth/refresh', { body: { refresh_token } });
const logOut = (refresh_token: string): Promise<Answered> =>
  service.send('POST', '/api/v1/auth/logout', { body: { refresh_token } });
const tokenOf = ({ body }: Answered): string => String(body.refresh_token);

const REFUSED = { status: 401, body: { code: 'INVALID_REFRESH_TOKEN' } };

describe('logging in', () => {
  it('gives tokens, which no cache keeps', async () => {
    const { body: profile } = await service.send('POST', '/api/v1/users', {
      body: registration('ada@example.com'),
    });
    const { status, headers, body } = await logIn(service, ' ADA@example.com');
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(body).toEqual({
      access_token: body.access_token,
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: body.refresh_token,
      user: profile,
    });
    expect(String(body.refresh_token)).toMatch(/^[\w-]{43}$/);
  });

  it('gives an access token that the published key proves, and that says who and what one is', async () => {
    const { userId, token } = await registered(service);
    const { status, headers, body } = await service.send('GET', '/.well-known/jwks.json');
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(body), { issuer: ISSUER });
    expect(protectedHeader.alg).toBe('EdDSA');
    expect(payload).toMatchObject({
      sub: userId,
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      roles: ['customer'],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  });

  it('does not tell a wrong password from a wrong address', async () => {
    await registered(service);
    const wrongPassword = await logIn(service, 'ada@example.com', 'another good one');
    const wrongAddress = await logIn(service, 'eve@example.com');
    expect([wrongPassword.status, wrongPassword.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(wrongAddress.body).toEqual(wrongPassword.body);
  });

  it.each(['ada@example.com', 'nobody@example.com'])(
    'locks %s after ten failures, for the rest of 15 minutes',
    async (email) => {
      await registered(service);
      for (let guess = 0; guess < 10; guess += 1)
        expect((await logIn(service, email, 'wrong')).status).toBe(401);
      service.toolbox.clock.advance(5 * MINUTE);
      const locked = await logIn(service, email);
      expect([locked.status, locked.body.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
      expect(locked.headers.get('retry-after')).toBe('600');
      service.toolbox.clock.advance(10 * MINUTE);
      expect((await logIn(service, email)).status).toBe(email === 'ada@example.com' ? 200 : 401);
    },
  );

  it('forgets failures when it succeeds', async () => {
    await registered(service);
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < 9; guess += 1) await logIn(service, 'ada@example.com', 'wrong');
      expect((await logIn(service, 'ada@example.com')).status).toBe(200);
    }
  });
});

describe('a refresh token', () => {
  it('is exchanged for the next, and a new access token', async () => {
    const { userId, refreshToken } = await registered(service);
    const first = await refresh(refreshToken);
    expect(first).toMatchObject({ status: 200, body: { token_type: 'Bearer', user: { user_id: userId } } });
    expect(tokenOf(first)).not.toBe(refreshToken);
    expect((await refresh(tokenOf(first))).status).toBe(200);
  });

  it('that comes twice ends the session', async () => {
    const { refreshToken } = await registered(service);
    const next = tokenOf(await refresh(refreshToken));
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(next)).toMatchObject(REFUSED);
  });

  it('of another session goes on then', async () => {
    const { refreshToken, email } = await registered(service);
    const other = tokenOf(await logIn(service, email));
    await refresh(refreshToken);
    await refresh(refreshToken);
    expect((await refresh(other)).status).toBe(200);
  });

  it('is good for 30 days', async () => {
    const { refreshToken } = await registered(service);
    service.toolbox.clock.advance(30 * DAY - 1);
    const next = tokenOf(await refresh(refreshToken));
    service.toolbox.clock.advance(30 * DAY);
    expect(await refresh(next)).toMatchObject(REFUSED);
  });

  it('that nobody gave is refused', async () => {
    expect(await refresh('made-up')).toMatchObject(REFUSED);
  });

  it('is kept as a digest only', async () => {
    const { refreshToken } = await registered(service);
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
    const tables = ['users', 'sessions', 'refresh_tokens', 'attempts', 'idempotency_keys', 'outbox'];
    const kept = JSON.stringify(tables.map((name) => store.database.committed.table(name).find()));
    expect(kept).toContain('ada@example.com');
    expect(kept).not.toContain(refreshToken);
    expect(kept).not.toContain(PASSWORD);
  });
});

describe('logging out', () => {
  it('ends the session, once or again', async () => {
    const { refreshToken } = await registered(service);
    expect((await logOut(refreshToken)).status).toBe(204);
    expect((await logOut(refreshToken)).status).toBe(204);
    expect((await logOut('made-up')).status).toBe(204);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
  });
});

import { describe, expect, it } from 'vitest';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, SECOND } from '#kernel/clock.ts';
import { isUuid } from '#kernel/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { ISSUER } from '#test/kit/toolbox.ts';
import { logIn, mailedTo, openUserService, PASSWORD, registered, registration } from './service.ts';

const service = forEachTest(() => openUserService());

const refresh = (refresh_token: string): Promise<Answered> =>
  service.send('POST', '/api/v1/auth/refresh', { body: { refresh_token } });
const logOut = (refresh_token: string): Promise<Answered> =>
  service.send('POST', '/api/v1/auth/logout', { body: { refresh_token } });
const tokenOf = ({ body }: Answered): string => String(body.refresh_token);

/** The announcements that access tokens end. */
const revoked = async () =>
  (await service.toolbox.announced())
    .filter(({ event_type }) => event_type === 'user.access_revoked')
    .map(({ payload }) => payload);

const REFUSED = { status: 401, body: { code: 'INVALID_REFRESH_TOKEN' } };

describe('logging in', () => {
  it('returns tokens, which must not be cached', async () => {
    const { body: profile } = await service.send('POST', '/api/v1/users', {
      body: registration('ada@example.com'),
    });
    const { status, headers, body } = await logIn(service, ' ADA@example.com');
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(body).toEqual({
      access_token: body.access_token,
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: body.refresh_token,
      device_token: body.device_token,
      user: profile,
    });
    expect(String(body.refresh_token)).toMatch(/^[\w-]{43}$/);
  });

  it('returns an access token that the published key verifies, with the user’s id and roles', async () => {
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
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeCloseTo(300, -1);
    expect([protectedHeader.typ, payload.aud]).toEqual(['at+jwt', 'shop']);
    expect(isUuid(String(payload['sid']))).toBe(true);
  });

  it('does not distinguish a wrong password from a wrong address', async () => {
    await registered(service);
    const wrongPassword = await logIn(service, 'ada@example.com', 'another good one');
    const wrongAddress = await logIn(service, 'eve@example.com');
    expect([wrongPassword.status, wrongPassword.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(wrongAddress.body).toEqual(wrongPassword.body);
  });
});

describe('a login', () => {
  const from = (address: string, device: string): Promise<Answered> =>
    service.send('POST', '/api/v1/auth/login', {
      body: { email: 'ada@example.com', password: PASSWORD },
      headers: { 'user-agent': device, 'x-forwarded-for': address },
    });
  const open = async (): Promise<void> => {
    await service.send('POST', '/api/v1/users', { body: registration('ada@example.com') });
    const token = await mailedTo(service, 'ada@example.com');
    await service.send('POST', '/api/v1/auth/email/confirm', { body: { token } });
  };
  const notices = async () =>
    (await service.toolbox.announced())
      .filter(({ event_type }) => event_type === 'user.logged_in_elsewhere')
      .map(({ payload }) => payload);
  const HOME = '198.51.100.1';
  const AWAY = '203.0.113.7';

  it('from an unknown network and device is reported to the owner, but not the first login', async () => {
    await open();
    await from(HOME, 'Laptop');
    expect(await notices()).toEqual([]);
    await from(AWAY, 'Stranger');
    expect(await notices()).toMatchObject([
      { email: 'ada@example.com', device: 'Stranger', logged_in_at: '2026-03-01T12:00:00.000Z' },
    ]);
  });

  it('is not reported from a known network, nor with a known device, also of a session that has ended', async () => {
    await open();
    const { body } = await from(HOME, 'Laptop');
    await logOut(String(body.refresh_token));
    await from(HOME, 'Phone');
    await from(AWAY, 'Laptop');
    expect(await notices()).toEqual([]);
  });

  it('is not reported to an address that is not proven', async () => {
    await service.send('POST', '/api/v1/users', { body: registration('ada@example.com') });
    await from(HOME, 'Laptop');
    await from(AWAY, 'Stranger');
    expect(await notices()).toEqual([]);
  });
});

describe('a refresh token', () => {
  it('is exchanged for the next one, and a new access token', async () => {
    const { userId, refreshToken } = await registered(service);
    const first = await refresh(refreshToken);
    expect(first).toMatchObject({ status: 200, body: { token_type: 'Bearer', user: { user_id: userId } } });
    expect(tokenOf(first)).not.toBe(refreshToken);
    expect((await refresh(tokenOf(first))).status).toBe(200);
  });

  it('that is repeated within ten seconds has the same successor, and the session continues', async () => {
    const { refreshToken } = await registered(service);
    const first = await refresh(refreshToken);
    service.toolbox.clock.advance(10 * SECOND);
    const second = await refresh(refreshToken); // of another tab
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(tokenOf(second)).toBe(tokenOf(first));
    expect((await refresh(tokenOf(first))).status).toBe(200);
    expect(service.toolbox.noted.map(({ event }) => event)).toEqual(['login_succeeded']);
  });

  it('that is reused later ends the session and its access tokens, and is logged', async () => {
    const { userId, refreshToken, token } = await registered(service);
    const next = tokenOf(await refresh(refreshToken));
    service.toolbox.clock.advance(10 * SECOND + 1);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(next)).toMatchObject(REFUSED);
    const session = String(decodeJwt(token)['sid']);
    expect(service.toolbox.noted).toContainEqual({
      event: 'refresh_token_reused',
      actor: `user:${userId}`,
      address: '127.0.0.1',
      operation: 'refreshSession',
      details: { session },
    });
    expect(await revoked()).toMatchObject([{ user_id: userId, session_id: session }]);
  });

  it('that is reused two exchanges later ends the session, however soon', async () => {
    const { refreshToken } = await registered(service);
    const second = tokenOf(await refresh(refreshToken));
    const third = tokenOf(await refresh(second));
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(third)).toMatchObject(REFUSED);
  });

  it('of another session remains valid then', async () => {
    const { refreshToken, email } = await registered(service);
    const other = tokenOf(await logIn(service, email));
    await refresh(refreshToken);
    service.toolbox.clock.advance(11 * SECOND);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    expect((await refresh(other)).status).toBe(200);
  });

  it('is valid for 30 days', async () => {
    const { refreshToken } = await registered(service);
    service.toolbox.clock.advance(30 * DAY - 1);
    const next = tokenOf(await refresh(refreshToken));
    service.toolbox.clock.advance(30 * DAY);
    expect(await refresh(next)).toMatchObject(REFUSED);
  });

  it('is not valid in a session that began 90 days ago', async () => {
    let { refreshToken } = await registered(service);
    for (let exchanged = 0; exchanged < 3; exchanged += 1) {
      service.toolbox.clock.advance(29 * DAY);
      refreshToken = tokenOf(await refresh(refreshToken));
    }
    service.toolbox.clock.advance(3 * DAY);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
  });

  it('that was never issued is refused', async () => {
    expect(await refresh('made-up')).toMatchObject(REFUSED);
  });

  it('is stored as a digest only', async () => {
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
  it('ends the session, and can be repeated', async () => {
    const { refreshToken } = await registered(service);
    expect((await logOut(refreshToken)).status).toBe(204);
    expect((await logOut(refreshToken)).status).toBe(204);
    expect((await logOut('made-up')).status).toBe(204);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
  });

  it('revokes the access tokens of the session until they have expired', async () => {
    const { userId, refreshToken, token } = await registered(service);
    await logOut(refreshToken);
    await logOut(refreshToken);
    expect(await revoked()).toEqual([
      {
        user_id: userId,
        session_id: decodeJwt(token)['sid'],
        revoked_before: '2026-03-01T12:00:00.000Z',
        expired_by: '2026-03-01T12:05:00.000Z',
      },
    ]);
    expect(service.toolbox.noted.at(-1)).toMatchObject({ event: 'session_ended', actor: `user:${userId}` });
  });
});

describe('the list of sessions', () => {
  const list = (userId: string, token: string): Promise<Answered> =>
    service.send('GET', `/api/v1/users/${userId}/sessions`, { token });
  const end = (userId: string, token: string, sessionId = ''): Promise<Answered> =>
    service.send('DELETE', `/api/v1/users/${userId}/sessions${sessionId && `/${sessionId}`}`, { token });
  const sessionOf = (token: string): string => String(decodeJwt(token)['sid']);
  const logInFrom = async (email: string, device: string) => {
    const { body } = await service.send('POST', '/api/v1/auth/login', {
      body: { email, password: PASSWORD },
      headers: { 'user-agent': device },
    });
    return { token: String(body.access_token), refreshToken: String(body.refresh_token) };
  };
  const idsIn = ({ body }: Answered): unknown[] =>
    (body.items as { session_id: string }[]).map(({ session_id }) => session_id);

  it('says where a user is logged in, the last used first, and which session asks', async () => {
    const { userId, email, token } = await registered(service);
    service.toolbox.clock.advance(DAY);
    const phone = await logInFrom(email, 'Phone');
    expect(await list(userId, token)).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            session_id: sessionOf(phone.token),
            device: 'Phone',
            started_at: '2026-03-02T12:00:00.000Z',
            last_used_at: '2026-03-02T12:00:00.000Z',
            expires_at: '2026-04-01T12:00:00.000Z',
            is_current: false,
          },
          { session_id: sessionOf(token), is_current: true },
        ],
      },
    });
    service.toolbox.clock.advance(DAY);
    await refresh(phone.refreshToken);
    expect((await list(userId, phone.token)).body.items[0]).toMatchObject({
      started_at: '2026-03-02T12:00:00.000Z',
      last_used_at: '2026-03-03T12:00:00.000Z',
      is_current: true,
    });
  });

  it('keeps the beginning of a long name of a device', async () => {
    const { userId, email } = await registered(service);
    const { token } = await logInFrom(email, 'x'.repeat(4_000));
    const { items } = (await list(userId, token)).body;
    expect(items.map(({ device }: { device: string }) => device.length)).toContain(200);
  });

  it('has no sessions that ended, expired or began with an earlier password', async () => {
    const { userId, email, token, refreshToken } = await registered(service);
    const other = await logInFrom(email, 'Phone');
    await logOut(other.refreshToken);
    expect(idsIn(await list(userId, token))).toEqual([sessionOf(token)]);
    const tablet = await logInFrom(email, 'Tablet');
    expect(idsIn(await list(userId, token))).toHaveLength(2);
    await service.send('POST', `/api/v1/users/${userId}/password`, {
      token,
      body: { current_password: PASSWORD, new_password: 'battery staple horse' },
    });
    expect(idsIn(await list(userId, token))).toEqual([sessionOf(token)]);
    expect(await refresh(tablet.refreshToken)).toMatchObject(REFUSED);
    await logOut(refreshToken);
    expect(idsIn(await list(userId, token))).toEqual([]);
  });

  it('lets its owner end one of them, with its tokens', async () => {
    const { userId, email, token, refreshToken } = await registered(service);
    const phone = await logInFrom(email, 'Phone');
    const lost = sessionOf(phone.token);
    expect((await end(userId, token, lost)).status).toBe(204);
    expect(await end(userId, token, lost)).toMatchObject({
      status: 404,
      body: { code: 'SESSION_NOT_FOUND' },
    });
    expect(await refresh(phone.refreshToken)).toMatchObject(REFUSED);
    expect((await refresh(refreshToken)).status).toBe(200);
    expect(await revoked()).toMatchObject([{ user_id: userId, session_id: lost }]);
    expect(service.toolbox.noted).toContainEqual({
      event: 'session_ended',
      actor: `user:${userId}`,
      address: '127.0.0.1',
      operation: 'endSession',
      details: { user: userId, session: lost },
    });
  });

  it('lets its owner end all others', async () => {
    const { userId, email, token, refreshToken } = await registered(service);
    const others = [await logInFrom(email, 'Phone'), await logInFrom(email, 'Tablet')];
    expect((await end(userId, token)).status).toBe(204);
    for (const other of others) expect(await refresh(other.refreshToken)).toMatchObject(REFUSED);
    expect((await refresh(refreshToken)).status).toBe(200);
    expect(await revoked()).toMatchObject([{ user_id: userId, kept_session_id: sessionOf(token) }]);
  });

  it('is closed to other users, who cannot end its sessions either', async () => {
    const ada = await registered(service);
    const eve = await registered(service, 'eve@example.com');
    for (const answered of [
      await list(ada.userId, eve.token),
      await end(ada.userId, eve.token),
      await end(ada.userId, eve.token, sessionOf(ada.token)),
    ])
      expect(answered).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const own = await end(eve.userId, eve.token, sessionOf(ada.token));
    expect(own).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } });
    expect((await refresh(ada.refreshToken)).status).toBe(200);
  });

  it('is open to admins, who log a user out everywhere', async () => {
    const { userId, token, refreshToken } = await registered(service);
    const admin = await service.toolbox.tokenOf(systemIds.next(), 'admin');
    expect(idsIn(await list(userId, admin))).toEqual([sessionOf(token)]);
    expect((await end(userId, admin)).status).toBe(204);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    const nobody = systemIds.next();
    for (const answered of [await list(nobody, admin), await end(nobody, admin)])
      expect(answered).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
  });
});

describe('an access token', () => {
  it('identifies its user, even without a profile here', async () => {
    const { userId, token } = await registered(service);
    expect(await service.send('GET', '/api/v1/auth/identity', { token })).toMatchObject({
      status: 200,
      body: { user_id: userId, email: 'ada@example.com', name: 'Ada Lovelace', roles: ['customer'] },
    });
    expect((await service.send('GET', '/api/v1/auth/identity')).status).toBe(401);
  });
});

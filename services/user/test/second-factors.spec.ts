import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { systemIds } from '#adapters/system/ids.ts';
import { MINUTE, SECOND } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import {
  codeOf,
  enrolled,
  logIn,
  openUserService,
  PASSWORD,
  proven,
  registered,
  workOff,
  type Registered,
} from './service.ts';

const service = forEachTest(() => openUserService({ USER_STAFF_SECOND_FACTOR: 'required' }));

const STEP = 30 * SECOND;
const pass = (ms: number): void => service.toolbox.clock.advance(ms);
const now = (): Date => service.toolbox.clock.now();
const post = (path: string, body?: unknown, token?: string): Promise<Answered> =>
  service.send('POST', `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const prove = (challenge: unknown, code: string): Promise<Answered> =>
  post('/auth/second-factor', { challenge, code });
const me = async (token: string): Promise<Answered> => service.send('GET', '/api/v1/me', { token });
const refreshed = async (refresh_token: unknown): Promise<Answered> =>
  post('/auth/refresh', { refresh_token });
const WRONG = '000000';

/** A customer with an authenticator app, and the challenge of a new login. */
const challenged = async () => {
  const ada = await proven(service);
  const factors = await enrolled(service, ada);
  pass(2 * STEP);
  const refused = await logIn(service, ada.email);
  return { ...ada, ...factors, refused, challenge: refused.body.challenge as unknown };
};
const changes = async (): Promise<unknown[]> =>
  (await service.toolbox.announced()).flatMap(({ event_type, payload }) =>
    event_type === 'user.factors_changed' && 'change' in payload ? [payload.change] : [],
  );

describe('a login with a second factor', () => {
  it('needs the password and then the code of the app', async () => {
    const { secret, refused, challenge, userId } = await challenged();
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: 'SECOND_FACTOR_REQUIRED',
        expires_in: 300,
        challenge: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    const { status, body } = await prove(challenge, codeOf(secret, now()));
    expect([status, body.user.user_id]).toEqual([200, userId]);
    expect(decodeJwt(String(body.access_token))).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
    expect((await refreshed(body.refresh_token)).status).toBe(200);
    expect(service.toolbox.noted.at(-1)).toMatchObject({ event: 'login_succeeded', actor: `user:${userId}` });
  });

  it('says nothing of the factor to those who do not know the password', async () => {
    const { email } = await challenged();
    const wrong = await logIn(service, email, 'a wrong password');
    expect(wrong.body).toEqual((await logIn(service, 'eve@example.com', 'a wrong password')).body);
  });

  it('accepts each code once, also in two logins at once, and none of an earlier step', async () => {
    const { secret, email, challenge } = await challenged();
    const other = (await logIn(service, email)).body.challenge;
    const code = codeOf(secret, now());
    const both = await Promise.all([prove(challenge, code), prove(other, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    const third = (await logIn(service, email)).body.challenge;
    const earlier = codeOf(secret, new Date(now().getTime() - STEP));
    expect(await prove(third, earlier)).toMatchObject({ status: 403, body: { code: 'WRONG_CODE' } });
    expect((await prove(third, codeOf(secret, new Date(now().getTime() + STEP)))).status).toBe(200);
  });

  it('accepts each recovery code once, however it is written, and tells the owner', async () => {
    const { recoveryCodes, email, challenge, token } = await challenged();
    expect([recoveryCodes.length, new Set(recoveryCodes).size]).toEqual([10, 10]);
    const [code = ''] = recoveryCodes;
    expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
    expect((await prove(challenge, code.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    const again = (await logIn(service, email)).body.challenge;
    expect(await prove(again, code)).toMatchObject({ status: 403, body: { code: 'WRONG_CODE' } });
    expect((await me(token)).body.second_factor).toEqual({
      is_required: false,
      totp: true,
      passkeys: [],
      recovery_codes_left: 9,
    });
    expect(await changes()).toEqual(['authenticator_added', 'recovery_code_used']);
  });

  it('ends after five wrong codes, which are logged, or five minutes', async () => {
    const { secret, email, challenge, userId } = await challenged();
    for (let tries = 0; tries < 5; tries += 1)
      expect(await prove(challenge, WRONG)).toMatchObject({ status: 403, body: { code: 'WRONG_CODE' } });
    const invalid = { status: 403, body: { code: 'INVALID_CHALLENGE' } };
    expect(await prove(challenge, codeOf(secret, now()))).toMatchObject(invalid);
    const failed = service.toolbox.noted.filter(({ event }) => event === 'second_factor_failed');
    expect(failed.map(({ actor }) => actor)).toEqual(Array.from({ length: 5 }, () => `user:${userId}`));
    const late = (await logIn(service, email)).body.challenge;
    pass(5 * MINUTE);
    expect(await prove(late, codeOf(secret, now()))).toMatchObject(invalid);
    expect(await prove('made-up', WRONG)).toMatchObject(invalid);
  });

  it('counts codes as guesses, so that the password alone does not get more of them', async () => {
    const { email, challenge } = await challenged();
    await prove(challenge, WRONG);
    const counted = { status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } };
    let last: Answered | undefined;
    for (let attempts = 2; attempts < 10; attempts += 2)
      last = await prove((await logIn(service, email)).body.challenge, WRONG);
    expect(last).toMatchObject({ status: 403 });
    expect(await logIn(service, email)).toMatchObject(counted);
  });

  it('of many networks is slowed for codes of the account, but not where its owner is known', async () => {
    const { email, secret } = await challenged();
    const from = (last: number, path: string, body: unknown): Promise<Answered> =>
      service.send('POST', `/api/v1/auth/${path}`, {
        body,
        headers: { 'x-forwarded-for': `198.51.100.${last}` },
      });
    const statuses: number[] = [];
    for (let network = 1; network <= 31; network += 1) {
      const { body } = await from(network, 'login', { email, password: PASSWORD });
      statuses.push(
        (await from(network, 'second-factor', { challenge: body.challenge, code: WRONG })).status,
      );
    }
    expect([statuses.indexOf(429), statuses.length]).toEqual([30, 31]);
    const { body } = await logIn(service, email);
    const grant = await prove(body.challenge, codeOf(secret, now()));
    expect(grant.status).toBe(200);
    pass(STEP);
    const device = { 'x-forwarded-for': '198.51.100.99', 'device-token': String(grant.body.device_token) };
    const away = (path: string, more: object) =>
      service.send('POST', `/api/v1/auth/${path}`, { body: more, headers: device });
    const { challenge } = (await away('login', { email, password: PASSWORD })).body;
    expect((await away('second-factor', { challenge, code: codeOf(secret, now()) })).status).toBe(200);
  });

  it('is needed also after a reset of the password, which ends the challenge', async () => {
    const { email, secret, challenge } = await challenged();
    await post('/auth/password-reset', { email });
    await workOff(service.toolbox);
    const payload = (await service.toolbox.announced()).at(-1)?.payload;
    const token = payload && 'token' in payload ? payload.token : '';
    await post('/auth/password-reset/confirm', { token, new_password: 'an even better one' });
    expect(await prove(challenge, codeOf(secret, now()))).toMatchObject({
      body: { code: 'INVALID_CHALLENGE' },
    });
    expect(await logIn(service, email, 'an even better one')).toMatchObject({
      body: { code: 'SECOND_FACTOR_REQUIRED' },
    });
  });
});

describe('an authenticator app', () => {
  const path = ({ userId }: Registered) => `/users/${userId}/factors/totp`;

  it('is needed only once it is confirmed by a code', async () => {
    const ada = await registered(service);
    const { status, body } = await post(path(ada), undefined, ada.token);
    expect(status).toBe(201);
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/The%20Shop:ada%40example.com\?/);
    expect(await post(`${path(ada)}/confirm`, { code: WRONG }, ada.token)).toMatchObject({
      status: 403,
      body: { code: 'WRONG_CODE' },
    });
    expect((await logIn(service, ada.email)).status).toBe(200);
    const again = await post(path(ada), undefined, ada.token);
    const old = codeOf(String(body.secret), now());
    expect((await post(`${path(ada)}/confirm`, { code: old }, ada.token)).status).toBe(403);
    const code = codeOf(String(again.body.secret), now());
    expect((await post(`${path(ada)}/confirm`, { code }, ada.token)).status).toBe(200);
    expect(await post(`${path(ada)}/confirm`, { code }, ada.token)).toMatchObject({
      status: 404,
      body: { code: 'FACTOR_NOT_FOUND' },
    });
    expect(await post(path(ada), undefined, ada.token)).toMatchObject({
      status: 409,
      body: { code: 'FACTOR_EXISTS' },
    });
    expect(await changes()).toEqual([]); // the address is not proven
  });

  it('is stored sealed, and its recovery codes as digests', async () => {
    const { secret, recoveryCodes } = await challenged();
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
    const kept = JSON.stringify(
      ['factors', 'challenges', 'outbox'].map((name) => store.database.committed.table(name).find()),
    );
    expect(kept).toContain('isConfirmed');
    for (const shown of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(kept).not.toContain(shown);
  });

  it('is removed by its owner: other sessions and all access tokens end, and logins need it no more', async () => {
    const ada = await challenged();
    const grant = await prove(ada.challenge, codeOf(ada.secret, now()));
    const token = String(grant.body.access_token);
    const remove = () => service.send('DELETE', `/api/v1${path(ada)}`, { token });
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'FACTOR_NOT_FOUND' } });
    expect((await refreshed(ada.refreshToken)).status).toBe(401);
    const next = await refreshed(grant.body.refresh_token);
    expect(decodeJwt(String(next.body.access_token))).toMatchObject({ amr: ['pwd'] });
    expect((await logIn(service, ada.email)).status).toBe(200);
    expect((await me(token)).body.second_factor).toMatchObject({ totp: false, recovery_codes_left: 0 });
    expect(await changes()).toContain('authenticator_removed');
    expect(service.toolbox.noted).toContainEqual(
      expect.objectContaining({ event: 'second_factors_changed', operation: 'removeTotp' }),
    );
  });

  it('has its recovery codes replaced by its owner', async () => {
    const ada = await registered(service);
    const codes = `/users/${ada.userId}/factors/recovery-codes`;
    expect(await post(codes, undefined, ada.token)).toMatchObject({ body: { code: 'FACTOR_NOT_FOUND' } });
    const { recoveryCodes } = await enrolled(service, ada);
    const replaced = await post(codes, undefined, ada.token);
    expect(replaced.body.recovery_codes).toHaveLength(10);
    const { challenge } = (await logIn(service, ada.email)).body;
    expect((await prove(challenge, recoveryCodes[0] ?? '')).status).toBe(403);
    expect((await prove(challenge, replaced.body.recovery_codes[9])).status).toBe(200);
  });

  it('is the affair of its owner alone, but an admin resets those of others', async () => {
    const ada = await challenged();
    const eve = await registered(service, 'eve@example.com');
    const all = `/api/v1/users/${ada.userId}/factors`;
    for (const [method, of] of [
      ['POST', '/totp'],
      ['DELETE', '/totp'],
      ['POST', '/recovery-codes'],
      ['DELETE', ''],
    ] as const)
      expect((await service.send(method, all + of, { token: eve.token })).status).toBe(403);
    const adminId = systemIds.next();
    const admin = await service.toolbox.tokenOf(adminId, 'admin');
    const reset = (userId: string) =>
      service.send('DELETE', `/api/v1/users/${userId}/factors`, { token: admin });
    expect((await reset(ada.userId)).status).toBe(204);
    expect(await reset(adminId)).toMatchObject({ status: 409, body: { code: 'OWN_ACCOUNT' } });
    expect(await reset(systemIds.next())).toMatchObject({ status: 404 });
    expect((await refreshed(ada.refreshToken)).status).toBe(401);
    expect((await logIn(service, ada.email)).status).toBe(200);
    expect(await changes()).toContain('removed_by_staff');
  });
});

describe('staff who need a second factor', () => {
  it('are customers until they have proved one, and get their roles with the next refresh', async () => {
    const kim = await proven(service, 'kim@example.com');
    const admin = await service.toolbox.tokenOf(systemIds.next(), 'admin');
    await service.send('PUT', `/api/v1/users/${kim.userId}/roles`, {
      token: admin,
      body: { roles: ['admin'] },
    });
    const first = await logIn(service, kim.email);
    const token = String(first.body.access_token);
    expect(await me(token)).toMatchObject({
      body: {
        user: { roles: ['admin'] },
        roles: ['customer'],
        permissions: [],
        second_factor: { is_required: true, totp: false },
      },
    });
    expect((await service.send('GET', '/api/v1/users', { token })).status).toBe(403);
    const { secret } = await enrolled(service, { userId: kim.userId, token });
    const next = await refreshed(first.body.refresh_token);
    expect((await me(String(next.body.access_token))).body).toMatchObject({
      roles: ['admin'],
      permissions: expect.arrayContaining(['user:write', 'order:read']),
    });
    const older = await refreshed(kim.refreshToken); // has not proved it
    expect(decodeJwt(String(older.body.access_token))).toMatchObject({ roles: ['customer'] });
    pass(STEP);
    const { body } = await logIn(service, kim.email);
    const grant = await prove(body.challenge, codeOf(secret, now()));
    const all = await service.send('GET', '/api/v1/users', { token: String(grant.body.access_token) });
    expect(all.status).toBe(200);
  });
});

describe('a step-up', () => {
  const assign = (token: string) =>
    service.send('POST', `/api/v1/users/${String(decodeJwt(token).sub)}/factors/totp`, { token });

  it('is required some time after the login, by the password', async () => {
    const ada = await registered(service);
    pass(15 * MINUTE + 2 * SECOND);
    const { body } = await refreshed(ada.refreshToken);
    const token = String(body.access_token);
    const refused = await assign(token);
    expect(refused).toMatchObject({ status: 403, body: { code: 'STEP_UP_REQUIRED' } });
    expect(refused.headers.get('www-authenticate')).toContain('max_age="900"');
    expect(await post('/auth/step-up', { password: 'a wrong password' }, token)).toMatchObject({
      status: 403,
      body: { code: 'WRONG_PASSWORD' },
    });
    const stepped = await post('/auth/step-up', { password: PASSWORD }, token);
    expect(stepped).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 300 } });
    expect((await assign(String(stepped.body.access_token))).status).toBe(201);
    const next = await refreshed(body.refresh_token);
    expect((await assign(String(next.body.access_token))).status).toBe(201);
  });

  it('also needs the second factor, in the session that began it', async () => {
    const ada = await challenged();
    const other = await prove(ada.challenge, codeOf(ada.secret, now()));
    const begin = async (): Promise<Answered> => post('/auth/step-up', { password: PASSWORD }, ada.token);
    const complete = (challenge: unknown, code: string, token: string) =>
      post('/auth/step-up/second-factor', { challenge, code }, token);
    const { code, challenge } = (await begin()).body;
    expect(code).toBe('SECOND_FACTOR_REQUIRED');
    expect(await prove(challenge, WRONG)).toMatchObject({ body: { code: 'INVALID_CHALLENGE' } });
    expect(await complete(challenge, WRONG, ada.token)).toMatchObject({ body: { code: 'WRONG_CODE' } });
    pass(STEP);
    const elsewhere = await complete(challenge, codeOf(ada.secret, now()), String(other.body.access_token));
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'INVALID_CHALLENGE' } });
    pass(STEP);
    const again = await begin();
    const done = await complete(again.body.challenge, codeOf(ada.secret, now()), ada.token);
    expect(done.status).toBe(200);
    expect(decodeJwt(String(done.body.access_token))).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
  });

  it('is not possible in a session that has ended, or without one', async () => {
    const ada = await registered(service);
    await post('/auth/logout', { refresh_token: ada.refreshToken });
    expect(await post('/auth/step-up', { password: PASSWORD }, ada.token)).toMatchObject({
      status: 404,
      body: { code: 'SESSION_NOT_FOUND' },
    });
    const foreign = await service.toolbox.tokenOf(ada.userId, 'customer');
    for (const path of ['/auth/step-up', '/auth/step-up/second-factor'])
      expect(
        await post(
          path,
          path.endsWith('up') ? { password: PASSWORD } : { challenge: 'x', code: WRONG },
          foreign,
        ),
      ).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });
});

describe('the account of the caller', () => {
  it('comes with session, roles and permissions', async () => {
    const ada = await registered(service);
    expect((await me(ada.token)).body).toEqual({
      user: expect.objectContaining({ user_id: ada.userId, email_verified: false }),
      session_id: decodeJwt(ada.token)['sid'],
      roles: ['customer'],
      permissions: [],
      proven_at: expect.any(String),
      second_factor: { is_required: false, totp: false, passkeys: [], recovery_codes_left: 0 },
    });
    const token = await service.toolbox.tokenOf(systemIds.next(), 'customer');
    expect(await me(token)).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
  });
});

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE, SECOND } from '#kernel/clock.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { logIn, openUserService, PASSWORD, registered, registration, workOff } from './service.ts';

const NEW = 'an even better one';

const service = forEachTest(() => openUserService());

const refresh = async (refresh_token: string): Promise<number> =>
  (await service.send('POST', '/api/v1/auth/refresh', { body: { refresh_token } })).status;

describe('a password', () => {
  const change = (userId: string, token: string, changes: object = {}): Promise<Answered> =>
    service.send('POST', `/api/v1/users/${userId}/password`, {
      token,
      body: { current_password: PASSWORD, new_password: NEW, ...changes },
    });

  it('is changed by a user who knows it, and all sessions end except the one of the access token', async () => {
    const { userId, token, email, refreshToken } = await registered(service);
    const other = String((await logIn(service, email)).body.refresh_token);
    expect((await change(userId, token)).status).toBe(204);
    expect((await logIn(service, email, PASSWORD)).status).toBe(401);
    expect((await logIn(service, email, NEW)).status).toBe(200);
    expect(await refresh(refreshToken)).toBe(200);
    expect(await refresh(other)).toBe(401);
    const revoked = (await service.toolbox.announced()).at(-1);
    expect(revoked).toMatchObject({
      event_type: 'user.access_revoked',
      payload: {
        user_id: userId,
        revoked_before: '2026-03-01T12:00:00.000Z',
        kept_session_id: decodeJwt(token)['sid'],
      },
    });
    expect(service.toolbox.noted.map(({ event }) => event)).toEqual([
      'login_succeeded',
      'login_succeeded',
      'password_changed',
      'login_failed',
      'login_succeeded',
      'refresh_token_refused',
    ]);
  });

  it('keeps the session of a refresh token that is sent with it instead', async () => {
    const { userId, token, email, refreshToken } = await registered(service);
    const { body } = await logIn(service, email);
    expect((await change(userId, token, { refresh_token: body.refresh_token })).status).toBe(204);
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'user.access_revoked',
      payload: { user_id: userId, kept_session_id: decodeJwt(String(body.access_token))['sid'] },
    });
    expect(await refresh(String(body.refresh_token))).toBe(200);
    expect(await refresh(refreshToken)).toBe(401);
  });

  it('ends all sessions where its access token has none, or one that has ended', async () => {
    const { userId, token, refreshToken } = await registered(service);
    expect((await change(userId, await service.toolbox.tokenOf(userId, 'customer'))).status).toBe(204);
    expect(await refresh(refreshToken)).toBe(401);
    const again = { current_password: NEW, new_password: `${NEW} again` };
    expect((await change(userId, token, again)).status).toBe(204);
    expect((await service.toolbox.announced()).at(-1)?.payload).not.toHaveProperty('kept_session_id');
    expect(await refresh(refreshToken)).toBe(401);
  });

  it('keeps no session of another user, and no ended or unknown one', async () => {
    const ada = await registered(service);
    const bob = await registered(service, 'bob@example.com');
    const used = ada.refreshToken;
    const { body } = await service.send('POST', '/api/v1/auth/refresh', { body: { refresh_token: used } });
    service.toolbox.clock.advance(11 * SECOND);
    for (const [index, refresh_token] of [bob.refreshToken, used, 'made-up'].entries()) {
      const current_password = index === 0 ? PASSWORD : `${NEW} ${index - 1}`;
      const changed = await change(ada.userId, ada.token, {
        current_password,
        new_password: `${NEW} ${index}`,
        refresh_token,
      });
      expect(changed.status).toBe(204);
    }
    expect(await refresh(String(body.refresh_token))).toBe(401);
    expect(await refresh(bob.refreshToken)).toBe(200);
  });

  it('cannot be changed by a user who does not know it, and guessing is limited', async () => {
    const { userId, token } = await registered(service);
    for (let guess = 0; guess < 10; guess += 1)
      expect(await change(userId, token, { current_password: `guess ${guess}` })).toMatchObject({
        status: 403,
        body: { code: 'WRONG_PASSWORD' },
      });
    expect(await change(userId, token)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
  });

  it('cannot be changed to a weak one, or by another user', async () => {
    const { userId, token } = await registered(service);
    const weak = await change(userId, token, { new_password: 'ada@example.com' });
    expect(weak.body.code).toBe('WEAK_PASSWORD');
    expect((await change(userId, await service.toolbox.tokenOf('admin', 'admin'))).status).toBe(403);
  });
});

describe('a forgotten password', () => {
  const ask = (email: string): Promise<Answered> =>
    service.send('POST', '/api/v1/auth/password-reset', { body: { email } });
  const confirm = (token: string, new_password = NEW): Promise<Answered> =>
    service.send('POST', '/api/v1/auth/password-reset/confirm', { body: { token, new_password } });
  const REFUSED = { status: 401, body: { code: 'INVALID_RESET_TOKEN' } };

  /** What was handed over to be mailed, oldest first. */
  const mailed = async () => {
    await workOff(service.toolbox);
    return (await service.toolbox.announced()).flatMap(({ event_type, payload }) =>
      event_type === 'user.password_reset_requested' && 'token' in payload ? [payload] : [],
    );
  };
  const tokenFor = async (email: string): Promise<string> => {
    expect((await ask(email)).status).toBe(202);
    return (await mailed()).at(-1)?.token ?? '';
  };

  it('is replaced with a mailed token, once', async () => {
    const { userId, email, refreshToken } = await registered(service);
    const token = await tokenFor(' ADA@example.com');
    expect(await mailed()).toEqual([
      {
        user_id: userId,
        email,
        first_name: 'Ada',
        last_name: 'Lovelace',
        token: expect.stringMatching(/^[\w-]{43}$/),
        expires_at: '2026-03-01T12:30:00.000Z',
      },
    ]);
    expect((await confirm(token)).status).toBe(204);
    expect((await logIn(service, email)).status).toBe(401);
    expect((await logIn(service, email, NEW)).status).toBe(200);
    expect(await refresh(refreshToken)).toBe(401);
    expect(service.toolbox.noted).toContainEqual(
      expect.objectContaining({ event: 'password_reset', actor: `user:${userId}` }),
    );
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'user.access_revoked',
      payload: { user_id: userId },
    });
    expect(await confirm(token, 'and another one')).toMatchObject(REFUSED);
  });

  it('is reset without revealing whether the account exists', async () => {
    await registered(service);
    const [known, unknown] = [await ask('ada@example.com'), await ask('eve@example.com')];
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    // Nor by the time it takes: until the answer, the same was done for both.
    const { stores, clock } = service.toolbox;
    const promised = await stores.tasks.claim('mail-password-reset', clock.now(), clock.now(), 9);
    expect(promised.map(({ payload }) => payload)).toEqual([
      { email: 'ada@example.com' },
      { email: 'eve@example.com' },
    ]);
    expect((await service.toolbox.announced()).map(({ event_type }) => event_type)).toEqual([
      'user.registered',
      'user.email_verification_requested',
    ]);
    expect(await mailed()).toHaveLength(1);
  });

  it('leads to three mails within 15 minutes at most, with the same response to all requests', async () => {
    const { email } = await registered(service);
    for (let count = 0; count < 5; count += 1) expect((await ask(email)).status).toBe(202);
    expect(await mailed()).toHaveLength(3);
    service.toolbox.clock.advance(15 * MINUTE);
    await ask(email);
    expect(await mailed()).toHaveLength(4);
    expect((await logIn(service, email)).status).toBe(200); // asking counts for nothing there
  });

  it('cannot be replaced with an expired or unknown token', async () => {
    const { email } = await registered(service);
    const token = await tokenFor(email);
    service.toolbox.clock.advance(30 * MINUTE);
    expect(await confirm(token)).toMatchObject(REFUSED);
    expect(await confirm('made-up')).toMatchObject(REFUSED);
    expect((await logIn(service, email)).status).toBe(200);
  });

  it('cannot be replaced with an older token once there is a new password', async () => {
    const { userId, email, token: access } = await registered(service);
    const [first, second] = [await tokenFor(email), await tokenFor(email)];
    expect((await confirm(second)).status).toBe(204);
    expect(await confirm(first)).toMatchObject(REFUSED);
    const third = await tokenFor(email);
    const body = { current_password: NEW, new_password: PASSWORD };
    await service.send('POST', `/api/v1/users/${userId}/password`, { token: access, body });
    expect(await confirm(third)).toMatchObject(REFUSED);
  });

  it('is not replaced by a weak one, and the token remains valid', async () => {
    const { email } = await registered(service);
    const token = await tokenFor(email);
    expect(await confirm(token, email)).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } });
    expect((await confirm(token)).status).toBe(204);
  });

  it('unlocks an account that too many guesses had locked', async () => {
    const { email } = await registered(service);
    for (let guess = 0; guess < 10; guess += 1) await logIn(service, email, 'wrong');
    expect((await logIn(service, email)).status).toBe(429);
    expect((await confirm(await tokenFor(email))).status).toBe(204);
    expect((await logIn(service, email, NEW)).status).toBe(200);
  });

  it('has its token stored as a digest only', async () => {
    const { email } = await registered(service);
    const token = await tokenFor(email);
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
    const kept = ['users', 'password_resets', 'attempts', 'idempotency_keys'];
    const rows = JSON.stringify(kept.map((name) => store.database.committed.table(name).find()));
    expect(rows).toContain('expiresAt');
    expect(rows).not.toContain(token);
  });
});

describe('a leaked password', () => {
  it('is refused, where a service knows it', async () => {
    const leak = createServer((_, response) => {
      const digest = createHash('sha1').update(PASSWORD).digest('hex').toUpperCase();
      response.end(`${digest.slice(5)}:7`);
    });
    await new Promise<void>((resolve) => leak.listen(0, '127.0.0.1', resolve));
    atEnd(() => {
      leak.closeAllConnections();
      leak.close();
    });
    const { port } = leak.address() as AddressInfo;
    const careful = await openUserService({ USER_LEAKED_PASSWORDS_URL: `http://127.0.0.1:${port}` });
    const answered = await careful.send('POST', '/api/v1/users', { body: registration('ada@example.com') });
    expect(answered).toMatchObject({
      status: 422,
      body: { code: 'WEAK_PASSWORD', detail: 'The password is known from a leak of another site.' },
    });
    const { status } = await careful.send('POST', '/api/v1/users', {
      body: { ...registration('ada@example.com'), password: 'another good one' },
    });
    expect(status).toBe(201);
  });
});

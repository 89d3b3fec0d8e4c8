import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import {
  logIn,
  mailedTo,
  openUserService,
  PASSWORD,
  proven,
  registered,
  workOff,
  type Registered,
} from './service.ts';

const service = forEachTest(() => openUserService());

const confirm = (token: string): Promise<Answered> =>
  service.send('POST', '/api/v1/auth/email/confirm', { body: { token } });
const profileOf = async ({ userId, token }: Registered): Promise<unknown> =>
  (await service.send('GET', `/api/v1/users/${userId}`, { token })).body;
/** The types of all events since the registration of one user. */
const eventsAfter = async (count: number) =>
  (await service.toolbox.announced()).slice(count).map(({ event_type }) => event_type);

const INVALID = { status: 401, body: { code: 'INVALID_EMAIL_TOKEN' } };

describe('the address of a new account', () => {
  const askAgain = ({ userId, token }: Registered): Promise<Answered> =>
    service.send('POST', `/api/v1/users/${userId}/email-verification`, { token });
  const mails = async () =>
    (await service.toolbox.announced()).filter(
      ({ event_type }) => event_type === 'user.email_verification_requested',
    );

  it('is proven with the token that the registration mailed, once', async () => {
    const ada = await registered(service);
    expect(await profileOf(ada)).toMatchObject({ email_verified: false, version: 1 });
    const token = await mailedTo(service, ada.email);
    expect((await confirm(token)).status).toBe(204);
    expect(await profileOf(ada)).toMatchObject({ email_verified: true, version: 2 });
    expect(await confirm(token)).toMatchObject(INVALID);
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'user.email_verified',
      payload: { user_id: ada.userId, email: ada.email, verified_at: '2026-03-01T12:00:00.000Z' },
    });
    expect(service.toolbox.noted.at(-1)).toEqual({
      event: 'email_confirmed',
      actor: `user:${ada.userId}`,
      address: '127.0.0.1',
      operation: 'confirmEmail',
    });
  });

  it('is not proven with a made-up or an expired token', async () => {
    const ada = await registered(service);
    expect(await confirm('made-up')).toMatchObject(INVALID);
    const token = await mailedTo(service, ada.email);
    service.toolbox.clock.advance(24 * HOUR);
    expect(await confirm(token)).toMatchObject(INVALID);
    expect(await profileOf(await registered(service, 'bob@example.com'))).toMatchObject({
      email_verified: false,
    });
  });

  it('gets another token on request, at most three within 15 minutes', async () => {
    const ada = await registered(service);
    for (let asked = 0; asked < 4; asked += 1) expect((await askAgain(ada)).status).toBe(202);
    expect(await mails()).toHaveLength(3);
    service.toolbox.clock.advance(15 * MINUTE);
    await askAgain(ada);
    expect(await mails()).toHaveLength(4);
    expect((await confirm(await mailedTo(service, ada.email))).status).toBe(204);
    service.toolbox.clock.advance(15 * MINUTE);
    expect((await askAgain(ada)).status).toBe(202);
    expect(await mails()).toHaveLength(4); // it is proven
  });

  it('gets no token on request of another user', async () => {
    const ada = await registered(service);
    const eve = await registered(service, 'eve@example.com');
    expect(await askAgain({ ...eve, userId: ada.userId })).toMatchObject({ status: 403 });
  });

  it('is also proven by a password reset, whose token was mailed there', async () => {
    const ada = await registered(service);
    const { toolbox } = service;
    await service.send('POST', '/api/v1/auth/password-reset', { body: { email: ada.email } });
    await workOff(toolbox);
    const asked = (await toolbox.announced()).at(-1);
    if (!asked || !('token' in asked.payload)) throw new Error('no token was mailed');
    const body = { token: asked.payload.token, new_password: 'an even better one' };
    await service.send('POST', '/api/v1/auth/password-reset/confirm', { body });
    const { body: grant } = await logIn(service, ada.email, 'an even better one');
    expect(grant.user).toMatchObject({ email_verified: true });
    expect(await confirm(await mailedTo(service, ada.email))).toMatchObject(INVALID);
  });
});

describe('another address', () => {
  const NEW = 'ada@example.org';
  const change = (
    { userId, token }: Registered,
    new_email = NEW,
    current_password = PASSWORD,
  ): Promise<Answered> =>
    service.send('POST', `/api/v1/users/${userId}/email`, { token, body: { new_email, current_password } });

  it('replaces the present one when it is proven, and all sessions end', async () => {
    const ada = await proven(service);
    expect((await change(ada, 'ADA@example.org')).status).toBe(202);
    expect(await profileOf(ada)).toMatchObject({ email: ada.email });
    expect((await confirm(await mailedTo(service, NEW))).status).toBe(204);
    expect((await logIn(service, ada.email)).status).toBe(401);
    const { status, body } = await logIn(service, NEW);
    expect([status, body.user.user_id, body.user.email_verified]).toEqual([200, ada.userId, true]);
    const refreshed = await service.send('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: ada.refreshToken },
    });
    expect(refreshed.status).toBe(401);
    expect(await eventsAfter(3)).toEqual([
      'user.email_change_requested',
      'user.email_verification_requested',
      'user.profile.updated',
      'user.email_changed',
      'user.access_revoked',
    ]);
    const announced = await service.toolbox.announced();
    expect(announced.at(3)?.payload).toMatchObject({ email: ada.email });
    expect(announced.at(-2)?.payload).toMatchObject({ email: NEW, previous_email: ada.email });
    expect(service.toolbox.noted.map(({ event }) => event)).toContain('email_change_requested');
  });

  it('needs no warning to one that is not proven', async () => {
    const ada = await registered(service);
    await change(ada);
    await confirm(await mailedTo(service, NEW));
    expect(await eventsAfter(2)).toEqual([
      'user.email_verification_requested',
      'user.profile.updated',
      'user.email_verified',
      'user.access_revoked',
    ]);
  });

  it('leaves the previous one to a new account', async () => {
    const ada = await proven(service);
    await change(ada);
    await confirm(await mailedTo(service, NEW));
    const other = await registered(service, ada.email);
    expect(other.userId).not.toBe(ada.userId);
  });

  it('needs the password, whose failures count', async () => {
    const ada = await proven(service);
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect(await change(ada, NEW, 'a wrong one')).toMatchObject({
        status: 403,
        body: { code: 'WRONG_PASSWORD' },
      });
    expect(await change(ada)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect(await eventsAfter(3)).toEqual([]);
  });

  it('is stopped by a new password', async () => {
    const ada = await proven(service);
    await change(ada);
    await service.send('POST', `/api/v1/users/${ada.userId}/password`, {
      token: ada.token,
      body: { current_password: PASSWORD, new_password: 'an even better one' },
    });
    expect(await confirm(await mailedTo(service, NEW))).toMatchObject(INVALID);
  });

  it('that another account has gets no token, and the response is the same', async () => {
    const ada = await proven(service);
    await registered(service, NEW);
    const answered = await change(ada);
    expect([answered.status, answered.body]).toEqual([202, '']);
    expect(await eventsAfter(5)).toEqual(['user.email_change_requested']);
  });

  it('that another account took meanwhile is not given to a second one', async () => {
    const ada = await proven(service);
    await change(ada);
    const token = await mailedTo(service, NEW);
    const bob = await registered(service, NEW);
    expect(await confirm(token)).toMatchObject(INVALID);
    expect((await logIn(service, NEW)).body.user.user_id).toBe(bob.userId);
  });

  it('is nothing new if it is the present one', async () => {
    const ada = await proven(service);
    expect((await change(ada, ada.email)).status).toBe(202);
    expect(await eventsAfter(3)).toEqual([]);
  });

  it('cannot be set by another user, nor by an admin', async () => {
    const ada = await proven(service);
    const admin = await service.toolbox.tokenOf(ada.userId.replace(/^./, 'f'), 'admin');
    expect(await change({ ...ada, token: admin })).toMatchObject({ status: 403 });
  });

  it('cannot be set by a user who has no account here', async () => {
    const nowhere = '00000000-0000-7000-8000-0000000000ff';
    const token = await service.toolbox.tokenOf(nowhere, 'customer');
    expect(await change({ userId: nowhere, token, email: '', refreshToken: '' })).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
    const again = await service.send('POST', `/api/v1/users/${nowhere}/email-verification`, { token });
    expect(again).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
  });
});

import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { logIn, openUserService, PASSWORD, proven, registered, type Registered } from './service.ts';
import { softAuthenticator } from './soft-authenticator.ts';

const service = forEachTest(() => openUserService());

const post = (path: string, body: unknown, token?: string): Promise<Answered> =>
  service.send('POST', `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const pathOf = ({ userId }: Registered): string => `/users/${userId}/factors/passkeys`;
const begin = (who: Registered): Promise<Answered> => post(pathOf(who), undefined, who.token);
const confirm = (who: Registered, challenge: unknown, credential: unknown): Promise<Answered> =>
  post(`${pathOf(who)}/confirm`, { name: 'Phone', challenge, credential }, who.token);
const prove = (challenge: unknown, passkey: unknown): Promise<Answered> =>
  post('/auth/second-factor', { challenge, passkey });

/** A customer with a passkey. */
const enrolled = async () => {
  const ada = await proven(service);
  const authenticator = softAuthenticator();
  const { body } = await begin(ada);
  const added = await confirm(ada, body.challenge, authenticator.create(body.challenge));
  return { ada, authenticator, options: body, added };
};

const WRONG = { status: 403, body: { code: 'WRONG_CODE' } };
const INVALID = { status: 403, body: { code: 'INVALID_CHALLENGE' } };

describe('a passkey', () => {
  it('is created in the browser and added, with recovery codes if it is the first factor', async () => {
    const { ada, authenticator, options, added } = await enrolled();
    expect(options).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'localhost', name: 'The Shop' },
      user: { name: ada.email, id: Buffer.from(ada.userId).toString('base64url') },
      excludeCredentials: [],
      attestation: 'none',
    });
    expect(added).toMatchObject({ status: 201, body: { passkey_id: authenticator.id } });
    expect(added.body.recovery_codes).toHaveLength(10);
    const { body: me } = await service.send('GET', '/api/v1/me', { token: ada.token });
    expect(me.second_factor.passkeys).toEqual([
      { passkey_id: authenticator.id, name: 'Phone', added_at: '2026-03-01T12:00:00.000Z' },
    ]);
    const next = await begin(ada);
    expect(next.body.excludeCredentials).toMatchObject([{ id: authenticator.id }]);
    const again = await confirm(ada, next.body.challenge, authenticator.create(next.body.challenge));
    expect(again).toMatchObject({ status: 409, body: { code: 'FACTOR_EXISTS' } });
    const other = softAuthenticator();
    const second = await confirm(ada, next.body.challenge, other.create(next.body.challenge));
    expect(second).toMatchObject({ status: 201, body: { recovery_codes: [] } });
  });

  it('completes a login with the challenge of the password, once', async () => {
    const { ada, authenticator } = await enrolled();
    const refused = await logIn(service, ada.email);
    expect(refused).toMatchObject({ status: 403, body: { ways: 'code passkey' } });
    const { challenge } = refused.body;
    expect(await prove(challenge, authenticator.sign('another challenge'))).toMatchObject(WRONG);
    expect(await prove(challenge, softAuthenticator().sign(challenge))).toMatchObject(WRONG);
    const forged = { ...softAuthenticator().sign(challenge), id: authenticator.id };
    expect(await prove(challenge, forged)).toMatchObject(WRONG);
    const signed = authenticator.sign(challenge);
    const { status, body } = await prove(challenge, signed);
    expect(status).toBe(200);
    expect(decodeJwt(String(body.access_token))).toMatchObject({ amr: ['pwd', 'hwk', 'mfa'] });
    expect(await prove(challenge, signed)).toMatchObject(INVALID);
  });

  it('is refused after one that counted further: it was copied', async () => {
    const { ada, authenticator } = await enrolled();
    const [first, second] = [(await logIn(service, ada.email)).body, (await logIn(service, ada.email)).body];
    const older = authenticator.sign(first.challenge);
    expect((await prove(second.challenge, authenticator.sign(second.challenge))).status).toBe(200);
    expect(await prove(first.challenge, older)).toMatchObject(WRONG);
  });

  it('is not added from another site, for another challenge, session or user, nor too late', async () => {
    const ada = await registered(service);
    const eve = await registered(service, 'eve@example.com');
    const { challenge } = (await begin(ada)).body;
    const created = softAuthenticator().create(challenge);
    expect(
      await confirm(ada, challenge, softAuthenticator('https://evil.test').create(challenge)),
    ).toMatchObject(WRONG);
    expect(
      await confirm(ada, challenge, softAuthenticator(undefined, 'evil.test').create(challenge)),
    ).toMatchObject(WRONG);
    expect(await confirm(ada, challenge, softAuthenticator().create('b3RoZXI'))).toMatchObject(WRONG);
    const { body } = await logIn(service, ada.email);
    for (const thief of [eve, { ...ada, token: String(body.access_token) }])
      expect(await confirm(thief, challenge, created)).toMatchObject(INVALID);
    service.toolbox.clock.advance(5 * MINUTE);
    expect(await confirm(ada, challenge, created)).toMatchObject(INVALID);
  });

  it('steps up, and is removed by its owner, after which the password suffices', async () => {
    const { ada, authenticator } = await enrolled();
    const { challenge } = (await post('/auth/step-up', { password: PASSWORD }, ada.token)).body;
    const passkey = authenticator.sign(challenge);
    expect((await post('/auth/step-up/second-factor', { challenge, passkey }, ada.token)).status).toBe(200);
    const remove = () =>
      service.send('DELETE', `/api/v1${pathOf(ada)}/${authenticator.id}`, { token: ada.token });
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'FACTOR_NOT_FOUND' } });
    expect((await logIn(service, ada.email)).status).toBe(200);
    const changes = (await service.toolbox.announced()).flatMap(({ payload }) =>
      'change' in payload ? [payload.change] : [],
    );
    expect(changes).toEqual(['passkey_added', 'passkey_removed']);
  });

  it('is proved by a code or a response, not both', async () => {
    for (const more of [{}, { code: '123456', passkey: softAuthenticator().sign('x') }])
      expect((await post('/auth/second-factor', { challenge: 'x', ...more })).status).toBe(400);
  });
});

describe('a login with a passkey alone', () => {
  const begun = async (): Promise<string> => {
    const { status, body } = await post('/auth/passkey/challenge', undefined);
    expect(status).toBe(200);
    return String(body.challenge);
  };
  const present = (challenge: string, credential: unknown, headers: Record<string, string> = {}) =>
    service.send('POST', '/api/v1/auth/passkey', { body: { challenge, credential }, headers });
  /** The response of a browser whose user has chosen this passkey. */
  const chosen = (
    { ada, authenticator }: Awaited<ReturnType<typeof enrolled>>,
    challenge: string,
    { userId = ada.userId, isVerified = true } = {},
  ) => authenticator.sign(challenge, { userId, isVerified });
  const HOME = { 'x-forwarded-for': '198.51.100.1', 'user-agent': 'Phone' };

  it('needs no password, and counts as both factors', async () => {
    const person = await enrolled();
    const { body: options } = await post('/auth/passkey/challenge', undefined);
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    const { challenge } = options;
    const { status, body } = await present(challenge, chosen(person, challenge));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      user: { user_id: person.ada.userId },
      device_token: expect.any(String),
      refresh_token: expect.any(String),
    });
    expect(decodeJwt(String(body.access_token))).toMatchObject({ amr: ['hwk', 'mfa'] });
    const refreshed = await post('/auth/refresh', { refresh_token: body.refresh_token });
    expect(decodeJwt(String(refreshed.body.access_token))).toMatchObject({ amr: ['hwk', 'mfa'] });
    expect(service.toolbox.noted.at(-1)).toMatchObject({
      event: 'login_succeeded',
      operation: 'logInWithPasskey',
      actor: `user:${person.ada.userId}`,
    });
  });

  it('is mailed to the owner if neither the network nor the device is known', async () => {
    const person = await enrolled();
    const mails = async (): Promise<number> =>
      (await service.toolbox.announced()).filter(
        ({ event_type }) => event_type === 'user.logged_in_elsewhere',
      ).length;
    const logInFrom = async (headers: Record<string, string>) => {
      const challenge = await begun();
      return present(challenge, chosen(person, challenge), headers);
    };
    const { body } = await logInFrom(HOME);
    expect(await mails()).toBe(1);
    await logInFrom(HOME);
    await logInFrom({
      'x-forwarded-for': '203.0.113.9',
      'user-agent': 'Tablet',
      'device-token': String(body.device_token),
    });
    expect(await mails()).toBe(1);
  });

  it('accepts a challenge once, for five minutes', async () => {
    const person = await enrolled();
    const [challenge, late] = [await begun(), await begun()];
    const response = chosen(person, challenge);
    const answers = await Promise.all([present(challenge, response), present(challenge, response)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await present(challenge, chosen(person, challenge))).toMatchObject(INVALID);
    service.toolbox.clock.advance(5 * MINUTE);
    expect(await present(late, chosen(person, late))).toMatchObject(INVALID);
    const own = Buffer.alloc(70, 1).toString('base64url');
    expect(await present(own, chosen(person, own))).toMatchObject(INVALID);
  });

  it('is refused alike for whatever is wrong', async () => {
    const person = await enrolled();
    const eve = await registered(service, 'eve@example.com');
    const challenge = await begun();
    const { userId } = person.ada;
    const stranger = softAuthenticator();
    for (const wrong of [
      chosen(person, challenge, { isVerified: false }), // found by a thief
      chosen(person, 'another challenge'),
      chosen(person, challenge, { userId: eve.userId }),
      chosen(person, challenge, { userId: '0190a000-0000-7000-8000-00000000dead' }),
      chosen(person, challenge, { userId: 'not an ID' }),
      stranger.sign(challenge, { userId, isVerified: true }),
      { ...stranger.sign(challenge, { userId, isVerified: true }), id: person.authenticator.id },
    ]) {
      const { status, body } = await present(challenge, wrong);
      expect([status, body.code, body.detail]).toEqual([403, 'WRONG_CODE', expect.stringContaining('wrong')]);
    }
    expect((await present(challenge, chosen(person, challenge))).status).toBe(200);
  });

  it('is refused for an account that was deactivated', async () => {
    const person = await enrolled();
    await service.send('PUT', `/api/v1/users/${person.ada.userId}/status`, {
      token: await service.toolbox.tokenOf('0190a000-0000-7000-8000-0000000000ad', 'admin'),
      body: { status: 'deactivated' },
    });
    const challenge = await begun();
    expect(await present(challenge, chosen(person, challenge))).toMatchObject(WRONG);
  });

  it('counts failures like those of passwords, and locks out no owner', async () => {
    const person = await enrolled();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const fail = async (address: string) => {
      const challenge = await begun();
      const wrong = softAuthenticator().sign(challenge, { userId: person.ada.userId, isVerified: true });
      return present(challenge, wrong, from(address));
    };
    for (let count = 0; count < 10; count += 1) expect((await fail('203.0.113.1')).status).toBe(403);
    expect(await fail('203.0.113.1')).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect((await logIn(service, person.ada.email, PASSWORD, '203.0.113.1')).status).toBe(429);
    for (let attacker = 2; attacker < 40; attacker += 1) await fail(`203.0.113.${attacker}`);
    const challenge = await begun();
    expect((await present(challenge, chosen(person, challenge), from('198.51.100.1'))).status).toBe(200);
    // Nor does it use up the tries of a second factor elsewhere.
    const refused = await logIn(service, person.ada.email, PASSWORD, '198.51.100.2');
    expect(refused).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_REQUIRED' } });
    const passkey = person.authenticator.sign(refused.body.challenge);
    expect((await prove(refused.body.challenge, passkey)).status).toBe(200);
    expect(service.toolbox.noted.map(({ event }) => event)).toContain('login_throttled');
  });

  it('ends with the passkey', async () => {
    const person = await enrolled();
    const path = `/api/v1${pathOf(person.ada)}/${person.authenticator.id}`;
    await service.send('DELETE', path, { token: person.ada.token });
    const challenge = await begun();
    expect(await present(challenge, chosen(person, challenge))).toMatchObject(WRONG);
  });
});

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

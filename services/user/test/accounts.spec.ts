import { describe, expect, it } from 'vitest';
import { fingerprint } from '#adapters/http/fingerprint.ts';
import { isUuid } from '#kernel/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { TestService } from '#test/kit/http.ts';
import { logIn, openUserService, PASSWORD, registered, registration, proven } from './service.ts';

const service = forEachTest(() => openUserService());

const register = (body: object, headers: Record<string, string> = {}) =>
  service.send('POST', '/api/v1/users', { body, headers });

describe('registering', () => {
  it('opens a customer’s account and publishes it', async () => {
    const { status, headers, body } = await register(registration('Ada@Example.com'));
    expect(status).toBe(201);
    expect(body).toEqual({
      user_id: body.user_id,
      version: 1,
      email: 'ada@example.com',
      email_verified: false,
      first_name: 'Ada',
      last_name: 'Lovelace',
      roles: ['customer'],
      status: 'active',
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
    });
    expect(isUuid(String(body.user_id))).toBe(true);
    expect(headers.get('location')).toBe(`/api/v1/users/${String(body.user_id)}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(await service.toolbox.announced()).toMatchObject([
      {
        event_type: 'user.registered',
        aggregate_id: body.user_id,
        aggregate_version: 1,
        payload: {
          user_id: body.user_id,
          email: 'ada@example.com',
          first_name: 'Ada',
          last_name: 'Lovelace',
          registered_at: '2026-03-01T12:00:00.000Z',
        },
      },
      { event_type: 'user.email_verification_requested', payload: { email: 'ada@example.com' } },
    ]);
  });

  describe('with an e-mail address that is in use, however it is spelt', () => {
    const ANOTHER = { ...registration('ADA@example.COM'), password: 'another good one', first_name: 'Eve' };

    it('returns the same as for any other, and opens no account', async () => {
      const first = await register(registration('ada@example.com'));
      const second = await register(ANOTHER);
      expect(second.status).toBe(201);
      expect(second.body).toEqual({ ...first.body, first_name: 'Eve', user_id: second.body.user_id });
      expect(second.body.user_id).not.toBe(first.body.user_id);
      expect([...second.headers.keys()].sort()).toEqual([...first.headers.keys()].sort());
      expect(second.headers.get('location')).toBe(`/api/v1/users/${String(second.body.user_id)}`);
      expect((await logIn(service, 'ada@example.com', 'another good one')).status).toBe(401);
      expect((await logIn(service, 'ada@example.com')).body.user).toEqual(first.body);
    });

    it('notifies its owner, at most three times within 15 minutes', async () => {
      const { userId } = await proven(service);
      const before = (await service.toolbox.announced()).length;
      for (let count = 0; count < 5; count += 1) await register(ANOTHER);
      const told = (await service.toolbox.announced()).slice(before);
      expect(told).toHaveLength(3);
      expect(told[0]).toMatchObject({
        event_type: 'user.registration_repeated',
        payload: {
          user_id: userId,
          email: 'ada@example.com',
          first_name: 'Ada',
          last_name: 'Lovelace',
        },
      });
    });

    it('mails nothing but the token again while the address is not proven, three times as well', async () => {
      await register(registration('ada@example.com'));
      for (let count = 0; count < 5; count += 1) await register(ANOTHER);
      const told = (await service.toolbox.announced()).slice(1);
      expect(told.map(({ event_type }) => event_type)).toEqual(
        Array(3).fill('user.email_verification_requested'),
      );
    });

    it('responds to a repeated request as to any other: the same with the same password, a refusal with another', async () => {
      await register(registration('ada@example.com'));
      const key = { 'Idempotency-Key': 'one-and-the-same' };
      const first = await register(ANOTHER, key);
      const second = await register(ANOTHER, key);
      expect([second.status, second.body]).toEqual([201, first.body]);
      const third = await register({ ...ANOTHER, password: PASSWORD }, key);
      expect([third.status, third.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    });
  });

  it.each([
    ['first_name', 'Sam,\n\nyour parcel is held'],
    ['last_name', 'at http://evil.example/p'],
    ['last_name', 'sam@evil.example'],
    ['first_name', 'Sam\u202e'],
  ])('refuses a %s that reads like a message: %j', async (field, name) => {
    const { status, body } = await register({ ...registration('ada@example.com'), [field]: name });
    expect([status, body.code]).toEqual([422, 'INVALID_NAME']);
    expect(body.errors).toEqual([{ pointer: `/body/${field}`, message: expect.any(String) }]);
    expect(await service.toolbox.announced()).toEqual([]);
  });

  it('refuses a weak password', async () => {
    const { status, body } = await register({ ...registration('a@example.com'), password: 'password1234' });
    expect([status, body.code]).toEqual([422, 'WEAK_PASSWORD']);
    expect(await service.toolbox.announced()).toEqual([]);
  });

  it.each([
    { email: 'no address' },
    { password: 'short' },
    { password: 'x'.repeat(129) },
    { first_name: '' },
    { last_name: '   ' },
    { roles: ['admin'] },
  ])('refuses %j as invalid', async (wrong) => {
    const { status, body } = await register({ ...registration('ada@example.com'), ...wrong });
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });

  describe('with an Idempotency-Key', () => {
    const key = { 'Idempotency-Key': 'one-and-the-same' };

    it('opens one account, however often it is repeated', async () => {
      const first = await register(registration('ada@example.com'), key);
      const second = await register(registration('ada@example.com'), key);
      expect([second.status, second.body]).toEqual([201, first.body]);
      expect(await service.toolbox.announced()).toHaveLength(2);
    });

    it('refuses another name or another password under the same key', async () => {
      await register(registration('ada@example.com'), key);
      for (const other of [{ first_name: 'Eve' }, { password: 'another good one' }]) {
        const { status, body } = await register({ ...registration('ada@example.com'), ...other }, key);
        expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      }
    });

    it('stores nothing about the password with the key', async () => {
      const { body } = await register(registration('ada@example.com'), key);
      const { store } = service.toolbox;
      if (store.kind !== 'memory') throw new Error('this test looks into the memory store');
      const [kept] = store.database.committed
        .table<{ fingerprint: string; outcome: object }>('idempotency_keys')
        .find();
      const names = [
        'userId',
        'version',
        'email',
        'firstName',
        'lastName',
        'roles',
        'createdAt',
        'updatedAt',
      ];
      expect(kept?.outcome).toMatchObject({ userId: body.user_id, email: 'ada@example.com' });
      expect(Object.keys(kept?.outcome ?? {}).sort()).toEqual(names.sort());
      const { password: _, ...rest } = registration('ada@example.com');
      expect(kept?.fingerprint).toBe(fingerprint('POST', '/api/v1/users', rest));
    });
  });
});

describe('a profile', () => {
  it('is shown only to its owner and to admins', async () => {
    const { userId, token } = await registered(service);
    const path = `/api/v1/users/${userId}`;
    expect(await service.send('GET', path, { token })).toMatchObject({
      status: 200,
      body: { user_id: userId, email: 'ada@example.com' },
    });
    const admin = await service.toolbox.tokenOf('admin', 'admin');
    expect((await service.send('GET', path, { token: admin })).status).toBe(200);
    const stranger = await service.toolbox.tokenOf('stranger', 'customer', 'order_manager');
    expect(await service.send('GET', path, { token: stranger })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect((await service.send('GET', path)).status).toBe(401);
  });

  it('of an unknown user is not found', async () => {
    const nobody = '018f0000-0000-7000-8000-000000000000';
    const token = await service.toolbox.tokenOf(nobody, 'customer');
    const path = `/api/v1/users/${nobody}`;
    const name = { first_name: 'A', last_name: 'B' };
    const passwords = { current_password: PASSWORD, new_password: 'another good one' };
    for (const answer of [
      await service.send('GET', path, { token }),
      await service.send('PUT', path, { token, body: name }),
      await service.send('POST', `${path}/password`, { token, body: passwords }),
      await service.send('GET', `${path}/addresses`, { token }),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'USER_NOT_FOUND']);
  });

  it('can be changed by its owner, and the change is published', async () => {
    const { userId, token } = await registered(service);
    const { status, headers, body } = await service.send('PUT', `/api/v1/users/${userId}`, {
      token,
      headers: { 'If-Match': '"1"' },
      body: { first_name: ' Augusta ', last_name: 'King' },
    });
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(body).toMatchObject({ first_name: 'Augusta', last_name: 'King', version: 2 });
    expect((await service.toolbox.announced()).at(-1)).toMatchObject({
      event_type: 'user.profile.updated',
      aggregate_version: 2,
      payload: {
        user_id: userId,
        version: 2,
        email: 'ada@example.com',
        first_name: 'Augusta',
        last_name: 'King',
      },
    });
  });

  it('cannot get a name that reads like a message', async () => {
    const { userId, token } = await registered(service);
    const body = { first_name: 'Ada', last_name: 'see evil.example' };
    expect(await service.send('PUT', `/api/v1/users/${userId}`, { token, body })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_NAME', errors: [{ pointer: '/body/last_name' }] },
    });
  });

  it('cannot be changed from an outdated version', async () => {
    const { userId, token } = await registered(service);
    const change = (): ReturnType<TestService['send']> =>
      service.send('PUT', `/api/v1/users/${userId}`, {
        token,
        headers: { 'If-Match': '"1"' },
        body: { first_name: 'Augusta', last_name: 'King' },
      });
    await change();
    expect(await change()).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
  });

  it('cannot be changed by an admin', async () => {
    const { userId } = await registered(service);
    const token = await service.toolbox.tokenOf('admin', 'admin');
    const body = { first_name: 'Eve', last_name: 'Eve' };
    expect((await service.send('PUT', `/api/v1/users/${userId}`, { token, body })).status).toBe(403);
  });
});

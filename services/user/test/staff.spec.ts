import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { logIn, mailedTo, openUserService, registered, workOff } from './service.ts';

const service = forEachTest(() => openUserService());

const ADMIN_ID = systemIds.next();
const admin = (): Promise<string> => service.toolbox.tokenOf(ADMIN_ID, 'admin');
const asAdmin = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answered> =>
  service.send(method, path, { token: await admin(), ...(body === undefined ? {} : { body }), headers });
const setStatus = (userId: string, status: string): Promise<Answered> =>
  asAdmin('PUT', `/api/v1/users/${userId}/status`, { status });
const lastEvents = async (count: number) => (await service.toolbox.announced()).slice(-count);

const KIM = { email: 'Kim@example.com', first_name: 'Kim', last_name: 'Keeper', roles: ['catalog_manager'] };

describe('the list of users', () => {
  it('shows admins pages of profiles', async () => {
    const ada = await registered(service);
    service.toolbox.clock.advance(1_000);
    await registered(service, 'bob@example.com');
    const { status, body } = await asAdmin('GET', '/api/v1/users?q=LOVE&limit=1&role=customer&status=active');
    expect([status, body.items[0].email]).toEqual([200, 'bob@example.com']);
    const next = await asAdmin('GET', `/api/v1/users?q=love&limit=1&cursor=${String(body.next_cursor)}`);
    expect(next.body).toMatchObject({ items: [{ user_id: ada.userId, status: 'active' }] });
    expect(next.body).not.toHaveProperty('next_cursor');
    expect((await asAdmin('GET', '/api/v1/users?status=deactivated')).body.items).toEqual([]);
    expect(await asAdmin('GET', '/api/v1/users?cursor=made-up')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CURSOR' },
    });
  });

  it('and the changes of accounts are closed to all others', async () => {
    const ada = await registered(service);
    const moderator = await service.toolbox.tokenOf(systemIds.next(), 'moderator');
    for (const token of [ada.token, moderator])
      for (const [method, path, body] of [
        ['GET', '/api/v1/users'],
        ['POST', '/api/v1/users/invitations', KIM],
        ['PUT', `/api/v1/users/${ada.userId}/roles`, { roles: ['admin'] }],
        ['PUT', `/api/v1/users/${ada.userId}/status`, { status: 'active' }],
      ] as const) {
        const answered = await service.send(method, path, { token, body });
        expect([path, answered.status]).toEqual([path, 403]);
      }
  });
});

describe('colleagues', () => {
  const colleagues = async (role: 'moderator' | undefined, query = ''): Promise<Answered> =>
    service.send('GET', `/api/v1/staff/colleagues${query}`, {
      token: await service.toolbox.tokenOf(systemIds.next(), ...(role ? [role] : [])),
    });

  it('are found by any member of staff, by name and by what their roles allow', async () => {
    await registered(service); // a customer
    const invited = async (first: string, ...roles: readonly string[]): Promise<string> => {
      const body = { ...KIM, email: `${first}@example.com`, first_name: first, roles };
      return String((await asAdmin('POST', '/api/v1/users/invitations', body)).body.user_id);
    };
    await invited('Zoe', 'admin');
    const kim = await invited('Kim', 'catalog_manager');
    const abe = await invited('Abe', 'order_manager', 'moderator');
    const names = async (query = ''): Promise<readonly string[]> => {
      const { body } = await colleagues('moderator', query);
      return (body.items as readonly { readonly name: string }[]).map(({ name }) => name);
    };
    expect(await names()).toEqual(['Abe Keeper', 'Kim Keeper', 'Zoe Keeper']);
    expect(await names('?role=order_manager')).toEqual(['Abe Keeper', 'Zoe Keeper']);
    expect((await colleagues('moderator', '?q=ki')).body).toEqual({
      items: [{ user_id: kim, name: 'Kim Keeper' }],
    });
    await setStatus(abe, 'deactivated');
    expect(await names('?role=order_manager')).toEqual(['Zoe Keeper']);
  });

  it('are nobody’s business but theirs', async () => {
    expect((await colleagues(undefined)).status).toBe(403);
  });
});

describe('an invited colleague', () => {
  const invite = (changes: object = {}): Promise<Answered> =>
    asAdmin('POST', '/api/v1/users/invitations', { ...KIM, ...changes });
  const tokenMailed = async (): Promise<string> => {
    const event = (await service.toolbox.announced()).findLast(
      ({ event_type }) => event_type === 'user.invited',
    );
    return event && 'token' in event.payload ? event.payload.token : '';
  };
  const choose = (token: string): Promise<Answered> =>
    service.send('POST', '/api/v1/auth/password-reset/confirm', {
      body: { token, new_password: 'an even better one' },
    });

  it('has an account with roles, and chooses a password within seven days', async () => {
    const { status, body, headers } = await invite();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email: 'kim@example.com',
      roles: ['catalog_manager'],
      email_verified: false,
      status: 'active',
    });
    expect(headers.get('location')).toBe(`/api/v1/users/${String(body.user_id)}`);
    service.toolbox.clock.advance(7 * DAY - 1);
    expect((await choose(await tokenMailed())).status).toBe(204);
    const { body: grant } = await logIn(service, 'kim@example.com', 'an even better one');
    expect(grant.user).toMatchObject({ roles: ['catalog_manager'], email_verified: true });
  });

  it('cannot choose it later, but reset it', async () => {
    await invite();
    service.toolbox.clock.advance(7 * DAY);
    expect(await choose(await tokenMailed())).toMatchObject({ status: 401 });
    await service.send('POST', '/api/v1/auth/password-reset', { body: { email: KIM.email } });
    await workOff(service.toolbox);
    const [asked] = await lastEvents(1);
    if (!asked || !('token' in asked.payload)) throw new Error('no token was mailed');
    expect((await choose(asked.payload.token)).status).toBe(204);
  });

  it('has no account yet', async () => {
    await registered(service, 'kim@example.com');
    expect(await invite()).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
  });

  it.each([{ roles: [] }, { roles: ['emperor'] }, { roles: ['admin', 'admin'] }])(
    'cannot have %j',
    async (wrong) => {
      expect(await invite(wrong)).toMatchObject({ status: 400 });
    },
  );

  it('is addressed by a name that is no message', async () => {
    expect(await invite({ first_name: 'see evil.example' })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_NAME', errors: [{ pointer: '/body/first_name' }] },
    });
  });
});

describe('roles', () => {
  const assign = (userId: string, roles: readonly string[], headers = {}): Promise<Answered> =>
    asAdmin('PUT', `/api/v1/users/${userId}/roles`, { roles }, headers);

  it('are replaced by an admin, and the user’s access tokens end', async () => {
    const ada = await registered(service);
    const { status, body, headers } = await assign(ada.userId, ['moderator'], { 'if-match': '"1"' });
    expect([status, body.roles, headers.get('etag')]).toEqual([200, ['moderator'], '"2"']);
    expect((await lastEvents(2)).map(({ event_type }) => event_type)).toEqual([
      'user.profile.updated',
      'user.access_revoked',
    ]);
    const refreshed = await service.send('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: ada.refreshToken },
    });
    expect(refreshed.body.user.roles).toEqual(['moderator']);
    expect(await assign(ada.userId, ['admin'], { 'if-match': '"1"' })).toMatchObject({ status: 412 });
  });

  it('of nobody, or of the admin who asks, are not replaced', async () => {
    expect(await assign(systemIds.next(), ['admin'])).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
    expect(await assign(ADMIN_ID, ['customer'])).toMatchObject({
      status: 409,
      body: { code: 'OWN_ACCOUNT' },
    });
  });

  it('are noted in the security log with who changed whose', async () => {
    const { userId } = await registered(service);
    await assign(userId, ['moderator']);
    expect(service.toolbox.noted.at(-1)).toMatchObject({
      event: 'staff_act',
      actor: `user:${ADMIN_ID}`,
      operation: 'assignRoles',
    });
  });
});

describe('a deactivated user', () => {
  it('cannot log in, refresh or reset the password, and access ends', async () => {
    const ada = await registered(service);
    const mailed = await mailedTo(service, ada.email);
    expect((await setStatus(ada.userId, 'deactivated')).body).toMatchObject({ status: 'deactivated' });
    expect((await lastEvents(1))[0]).toMatchObject({
      event_type: 'user.access_revoked',
      payload: { user_id: ada.userId },
    });
    const wrong = await logIn(service, ada.email, 'a wrong password');
    expect((await logIn(service, ada.email)).body).toEqual(wrong.body);
    const { status } = await service.send('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: ada.refreshToken },
    });
    expect(status).toBe(401);
    const before = (await service.toolbox.announced()).length;
    await service.send('POST', '/api/v1/auth/password-reset', { body: { email: ada.email } });
    await workOff(service.toolbox);
    expect((await service.toolbox.announced()).length).toBe(before);
    const confirmed = await service.send('POST', '/api/v1/auth/email/confirm', { body: { token: mailed } });
    expect(confirmed.status).toBe(401);
  });

  it('can log in again once reactivated, but not with old sessions', async () => {
    const ada = await registered(service);
    await setStatus(ada.userId, 'deactivated');
    expect((await setStatus(ada.userId, 'active')).body).toMatchObject({ status: 'active', version: 3 });
    expect((await logIn(service, ada.email)).status).toBe(200);
    const refreshed = await service.send('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: ada.refreshToken },
    });
    expect(refreshed.status).toBe(401);
  });

  it('is deactivated once, and not by itself', async () => {
    const ada = await registered(service);
    await setStatus(ada.userId, 'deactivated');
    const count = (await service.toolbox.announced()).length;
    expect((await setStatus(ada.userId, 'deactivated')).body).toMatchObject({ version: 2 });
    expect((await service.toolbox.announced()).length).toBe(count);
    expect(await setStatus(ADMIN_ID, 'deactivated')).toMatchObject({
      status: 409,
      body: { code: 'OWN_ACCOUNT' },
    });
    expect(await setStatus(systemIds.next(), 'active')).toMatchObject({ status: 404 });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#adapters/auth/principal.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Call, ServiceClient } from '#adapters/http/client.ts';
import { DAY } from '#kernel/clock.ts';
import { canUnzip, unzipped } from '#test/kit/unzip.ts';
import { openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { HOLDERS } from '../adapters/clients/holders.http.ts';
import { user } from '../main/module.ts';
import {
  CHEAP,
  logIn,
  PASSWORD,
  proven,
  registered,
  registration,
  workOff,
  type Registered,
} from './service.ts';

/** Other services, as they answer requests about personal data. */
const makeHolders = () => {
  const calls: (readonly [string, Call])[] = [];
  const down = new Set<string>();
  /** How many calls it takes until a service is done. */
  const left = new Map<string, number>();
  /** What services know, a record per page. */
  const records = new Map<string, readonly object[]>();
  /** At which page a service fails. */
  const failsAt = new Map<string, number>();
  const page = (service: string, body: unknown): object => {
    const { cursor = '0' } = Object(body) as { cursor?: string };
    const [all, at] = [records.get(service) ?? [{ kind: 'thing', data: { of: service } }], Number(cursor)];
    if (failsAt.get(service) === at) throw new Error(`${service} is down`);
    return { items: all.slice(at, at + 1), ...(at + 1 < all.length ? { next_cursor: String(at + 1) } : {}) };
  };
  const answer = (service: string, { path, body }: Call): unknown => {
    if (path.endsWith('/export')) return page(service, body);
    const calls = left.get(service) ?? 1;
    left.set(service, calls - 1);
    const kept = service === 'order' ? [{ kind: 'orders', count: 2, reason: 'bookkeeping' }] : [];
    return calls > 1
      ? { done: false, erased: [{ kind: 'things', count: 50 }], kept: [] }
      : { done: true, erased: [{ kind: 'things', count: 3 }], kept };
  };
  const clientOf =
    (service: string): ServiceClient =>
    async (call) => {
      calls.push([service, call]);
      if (down.has(service)) throw new Error(`${service} is down`);
      return Promise.resolve({ status: 200, body: answer(service, call) });
    };
  const clients = Object.fromEntries(HOLDERS.map((service) => [service, clientOf(service)]));
  return { calls, down, left, records, failsAt, clients };
};

describe('privacy', () => {
  let holders: ReturnType<typeof makeHolders>;
  let service: TestService;
  let sam: Registered;
  beforeEach(async () => {
    holders = makeHolders();
    service = await openTestService('memory', user, { env: CHEAP, clients: holders.clients });
    sam = await proven(service, 'sam@example.com');
  });

  const personal = (what: 'personal-data/export' | 'erasure', by: Registered | string, body: object = {}) =>
    service.send('POST', `/api/v1/users/${sam.userId}/${what}`, {
      token: typeof by === 'string' ? by : by.token,
      body,
    });
  const own = { current_password: PASSWORD };
  const admin = () => service.toolbox.tokenOf('0190a000-0000-7000-8000-0000000000ad', 'admin');
  const erasure = async (id: string): Promise<Answered> =>
    service.send('GET', `/api/v1/erasures/${id}`, { token: await admin() });
  const announced = async (type: string) =>
    (await service.toolbox.announced()).filter(({ event_type }) => event_type === type);

  describe('an export', () => {
    /** The files of the archive, as another program reads them. */
    const exported = async () => {
      const response = await fetch(`${service.url}/api/v1/users/${sam.userId}/personal-data/export`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sam.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(own),
      });
      return { response, bytes: Buffer.from(await response.arrayBuffer()) };
    };

    it.skipIf(!canUnzip)(
      'is a zip file with the records of every service (skipped without Python)',
      async () => {
        const wished = systemIds.next();
        await service.send('PUT', `/api/v1/users/${sam.userId}/wish-list/${wished}`, { token: sam.token });
        const { response, bytes } = await exported();
        const { status, headers } = response;
        expect([
          status,
          ...['content-type', 'cache-control', 'content-disposition'].map((name) => headers.get(name)),
        ]).toEqual([200, 'application/zip', 'private, no-store', 'attachment; filename="personal-data.zip"']);
        const files = unzipped(bytes);
        const names = ['user', ...HOLDERS].map((name) => `${name}.json`);
        expect(Object.keys(files).sort()).toEqual(['README.txt', ...names].sort());
        const readme = String(files['README.txt']);
        for (const part of [
          'The Shop',
          'Ada Lovelace',
          sam.email,
          sam.userId,
          '2026-03-01T12:00:00.000Z',
          ...names,
        ])
          expect(readme).toContain(part);
        const recordsOf = (name: string): unknown => JSON.parse(String(files[`${name}.json`]));
        expect(recordsOf('user')).toContainEqual({
          kind: 'account',
          data: expect.objectContaining({ email: sam.email, first_name: 'Ada' }),
        });
        const wish = { product_id: wished, added_at: expect.any(String) };
        expect(recordsOf('user')).toContainEqual({ kind: 'wish', data: wish });
        for (const name of HOLDERS) expect(recordsOf(name)).toEqual([{ kind: 'thing', data: { of: name } }]);
        expect(Object.values(files).join()).not.toContain('argon2');
      },
    );

    it.skipIf(!canUnzip)(
      'is explained in the language that the user has chosen for messages (skipped without Python)',
      async () => {
        const chosen = { time_zone: 'Europe/Berlin', locale: 'de' };
        holders.records.set('notification', [{ kind: 'preferences', data: chosen }]);
        const files = unzipped((await exported()).bytes);
        expect(Object.keys(files)).not.toContain('README.txt');
        const explained = String(files['LIESMICH.txt']);
        expect(explained).toContain('Alles, was The Shop über Sie weiß');
        for (const part of [sam.email, sam.userId, 'notification.json']) expect(explained).toContain(part);
      },
    );

    it.skipIf(!canUnzip)('lists all pages of a service, or none (skipped without Python)', async () => {
      holders.records.set(
        'order',
        [1, 2, 3].map((number) => ({ kind: 'order', data: { number } })),
      );
      holders.records.set('cart', []);
      const files = unzipped((await exported()).bytes);
      expect(JSON.parse(String(files['order.json']))).toEqual(
        [1, 2, 3].map((number) => ({ kind: 'order', data: { number } })),
      );
      expect(JSON.parse(String(files['cart.json']))).toEqual([]);
    });

    it('breaks off if a service fails on the way, so that no half archive looks complete', async () => {
      holders.records.set(
        'order',
        [1, 2, 3].map((number) => ({ kind: 'order', data: { number } })),
      );
      holders.failsAt.set('order', 2);
      await expect(exported()).rejects.toThrow();
    });

    it('asks other services with the address only if it is proved', async () => {
      const unproven = await registered(service, 'eve@example.com');
      await service.send('POST', `/api/v1/users/${unproven.userId}/personal-data/export`, {
        token: unproven.token,
        body: own,
      });
      await personal('personal-data/export', sam, own);
      const asked = holders.calls.filter(([name]) => name === 'order').map(([, { body }]) => body);
      expect(asked).toEqual([{ user_id: unproven.userId }, { user_id: sam.userId, email: sam.email }]);
    });

    it('is refused as a whole while a service is down', async () => {
      holders.down.add('order');
      expect(await personal('personal-data/export', sam, own)).toMatchObject({
        status: 503,
        body: { code: 'UNAVAILABLE', detail: 'Not available at the moment: order. Try again later.' },
      });
    });

    it('is for the owner with the password, and for admins', async () => {
      const eve = await registered(service, 'eve@example.com');
      const moderator = await service.toolbox.tokenOf('0190a000-0000-7000-8000-0000000000ae', 'moderator');
      for (const [by, body, status] of [
        [sam, {}, 403],
        [sam, { current_password: 'wrong' }, 403],
        [eve, own, 403],
        [moderator, own, 403],
        [await admin(), {}, 200],
      ] as const)
        expect((await personal('personal-data/export', by, body)).status).toBe(status);
      expect(holders.calls.filter(([name]) => name === 'cart')).toHaveLength(1);
    });
  });

  describe('of a user of the OIDC provider, who has no account here', () => {
    const OLGA = systemIds.next();
    const olga = (what: 'personal-data/export' | 'erasure', ...roles: readonly Role[]) =>
      service.toolbox
        .tokenOf(OLGA, ...roles)
        .then((token) => service.send('POST', `/api/v1/users/${OLGA}/${what}`, { token, body: {} }));
    const wishes = async () =>
      service.send('GET', `/api/v1/users/${OLGA}/wish-list`, { token: await service.toolbox.tokenOf(OLGA) });
    beforeEach(async () => {
      const token = await service.toolbox.tokenOf(OLGA);
      await service.send('PUT', `/api/v1/users/${OLGA}/wish-list/${systemIds.next()}`, { token });
    });

    it('an export asks every service for what is theirs', async () => {
      expect((await olga('personal-data/export')).status).toBe(200);
      const asked = holders.calls.map(([name, { body }]) => [name, body]);
      expect(asked).toEqual(HOLDERS.map((name) => [name, { user_id: OLGA }]));
    });

    it('an erasure erases what services have, and once more when they have come back', async () => {
      const { status, body } = await olga('erasure');
      expect([status, body.requested_by]).toEqual([202, OLGA]);
      await workOff(service.toolbox);
      expect((await erasure(String(body.erasure_id))).body).toMatchObject({ status: 'completed' });
      expect((await wishes()).body).toEqual({ items: [] });
      expect(await announced('user.erased')).toEqual([]);
      expect(await announced('user.forgotten')).toHaveLength(1);
      const again = await olga('erasure');
      expect(again.body).toMatchObject({ erasure_id: body.erasure_id, open: [...HOLDERS] });
      await workOff(service.toolbox);
      expect(holders.calls.filter(([name]) => name === 'cart')).toHaveLength(2);
      expect(await announced('user.forgotten')).toHaveLength(2);
    });

    it('an erasure is not for staff, nor for an ID that an admin makes up', async () => {
      expect((await olga('erasure', 'moderator')).body).toMatchObject({ code: 'STAFF_ACCOUNT' });
      for (const what of ['erasure', 'personal-data/export'] as const) {
        const path = `/api/v1/users/${OLGA}/${what}`;
        expect((await service.send('POST', path, { token: await admin(), body: {} })).status).toBe(404);
      }
      expect(holders.calls).toEqual([]);
    });
  });

  describe('an erasure', () => {
    const begin = async (): Promise<string> => {
      const { status, body } = await personal('erasure', sam, own);
      expect(status).toBe(202);
      return String(body.erasure_id);
    };

    it('ends the account at once, and deletes it when all services are done', async () => {
      await service.send('PUT', `/api/v1/users/${sam.userId}/wish-list/${systemIds.next()}`, {
        token: sam.token,
      });
      const id = await begin();
      expect((await logIn(service, sam.email)).status).toBe(401);
      expect((await erasure(id)).body).toMatchObject({ status: 'open', open: [...HOLDERS], reports: [] });
      const again = await service.send('POST', '/api/v1/users', { body: registration(sam.email) });
      expect(again.status).toBe(201); // as for any known address: nobody gets the account meanwhile
      expect((await logIn(service, sam.email)).status).toBe(401);

      await workOff(service.toolbox);
      const { body } = await erasure(id);
      expect(body).toMatchObject({ status: 'completed', open: [], requested_by: sam.userId });
      expect(body.reports).toContainEqual({
        service: 'order',
        erased: [{ kind: 'things', count: 3 }],
        kept: [{ kind: 'orders', count: 2, reason: 'bookkeeping' }],
      });
      const [erased] = await announced('user.erased');
      expect(erased?.payload).toMatchObject({
        erasure_id: id,
        email: sam.email,
        kept: [{ service: 'order', kind: 'orders', count: 2, reason: 'bookkeeping' }],
      });
      expect(
        JSON.stringify((await service.send('GET', '/api/v1/users', { token: await admin() })).body),
      ).not.toContain(sam.email);
      const wishes = await service.send('GET', `/api/v1/users/${sam.userId}/wish-list`, {
        token: await service.toolbox.tokenOf(sam.userId),
      });
      expect(wishes.body).toEqual({ items: [] });
      const fresh = await registered(service, sam.email);
      expect(fresh.userId).not.toBe(sam.userId);
    });

    it('calls a service until it is done, and adds up what it erased', async () => {
      holders.left.set('review', 3);
      const id = await begin();
      await workOff(service.toolbox);
      const { body } = await erasure(id);
      expect(body.reports).toContainEqual({
        service: 'review',
        erased: [{ kind: 'things', count: 103 }],
        kept: [],
      });
    });

    it('is repeated by an admin, for what has come back since; the user gets no second mail', async () => {
      const id = await begin();
      const repeat = async (erasureId: string, token: string): Promise<Answered> =>
        service.send('POST', `/api/v1/erasures/${erasureId}/repetition`, { token });
      expect(await repeat(id, await admin())).toMatchObject({ status: 202, body: { status: 'open' } });
      await workOff(service.toolbox);
      holders.left.set('review', 2);
      const { status, body } = await repeat(id, await admin());
      expect([status, body.open]).toEqual([202, [...HOLDERS]]);
      await workOff(service.toolbox);
      const done = (await erasure(id)).body;
      expect(done).toMatchObject({ status: 'completed', open: [] });
      expect(done.reports).toContainEqual({
        service: 'review',
        erased: [{ kind: 'things', count: 56 }],
        kept: [],
      });
      expect(holders.calls.at(-1)?.[1].body).toEqual({ user_id: sam.userId });
      expect(await announced('user.erased')).toHaveLength(1);
      expect(await repeat(sam.userId, await admin())).toMatchObject({
        status: 404,
        body: { code: 'ERASURE_NOT_FOUND' },
      });
      expect((await repeat(id, sam.token)).status).toBe(403);
    });

    it('waits for a service that is down', async () => {
      holders.down.add('shipping');
      const id = await begin();
      await workOff(service.toolbox);
      expect((await erasure(id)).body).toMatchObject({ status: 'open', open: ['shipping'] });
      holders.down.clear();
      service.toolbox.clock.advance(DAY);
      await workOff(service.toolbox);
      expect((await erasure(id)).body).toMatchObject({ status: 'completed' });
    });

    it('begins once, however often it is requested', async () => {
      const id = await begin();
      const repeated = await personal('erasure', await admin(), { reason: 'asked by letter' });
      expect(repeated).toMatchObject({ status: 202, body: { erasure_id: id, requested_by: sam.userId } });
      await workOff(service.toolbox);
      expect(await announced('user.erasure_requested')).toHaveLength(1);
      expect(holders.calls.filter(([name]) => name === 'cart')).toHaveLength(1);
    });

    it('by an admin says who and why; a customer needs the password, and staff must be customers first', async () => {
      expect((await personal('erasure', sam, {})).body).toMatchObject({ code: 'WRONG_PASSWORD' });
      const eve = await registered(service, 'eve@example.com');
      expect((await personal('erasure', eve, own)).body).toMatchObject({ code: 'FORBIDDEN' });
      const roles = { roles: ['customer', 'moderator'] };
      await service.send('PUT', `/api/v1/users/${sam.userId}/roles`, { token: await admin(), body: roles });
      expect((await personal('erasure', await admin(), {})).body).toMatchObject({ code: 'STAFF_ACCOUNT' });
      await service.send('PUT', `/api/v1/users/${sam.userId}/roles`, {
        token: await admin(),
        body: { roles: ['customer'] },
      });
      const { body } = await personal('erasure', await admin(), { reason: 'asked by letter' });
      expect(body).toMatchObject({
        reason: 'asked by letter',
        requested_by: '0190a000-0000-7000-8000-0000000000ad',
      });
      const page = await service.send('GET', '/api/v1/erasures?status=open', { token: await admin() });
      expect(page.body.items).toMatchObject([{ erasure_id: body.erasure_id }]);
    });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Container } from 'inversify';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import { STORES, type TestToolbox } from '#test/kit/toolbox.ts';
import { sha256 } from '../adapters/security/sha256.ts';
import { makeRecordActs, makeVerifyAudit } from '../core/application/audit-trail.ts';
import { NO_ENTRIES } from '../core/domain/audit.ts';
import { verifyAuditIn } from '../main/audit.ts';
import { Storage, storage } from '../main/storage.ts';
import { HOLDERS } from '../adapters/clients/holders.http.ts';
import { user } from '../main/module.ts';
import { CHEAP, ERASING, registered, workOff } from './service.ts';

const ADMIN = systemIds.next();

describe.each(STORES)('in %s, the audit trail', (store) => {
  const service = serviceForEachTest(user, { store, env: CHEAP, clients: ERASING });
  let stored: Container;

  const toolboxOfUser = (): TestToolbox => {
    const { store: opened, ...toolbox } = service.toolbox;
    if (opened.kind === 'redis' || opened.kind === 'mongo') throw new Error('not a store of this service');
    return { ...toolbox, store: opened };
  };

  beforeEach(() => {
    stored = new Container({ defaultScope: 'Singleton' });
    stored.load(storage(toolboxOfUser()));
  });

  const asAdmin = async (method: string, path: string, body?: object): Promise<Answered> =>
    service.send(method, `/api/v1${path}`, {
      token: await service.toolbox.tokenOf(ADMIN, 'admin'),
      ...(body && { body }),
    });
  const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
    for (const consumer of service.consumers) await consumer.handle(events);
  };
  const list = async (query = '') => {
    const { status, body } = await asAdmin('GET', `/audit-entries?${query}`);
    expect(status).toBe(200);
    return body.items as readonly Record<string, unknown>[];
  };
  const seqs = async (query: string): Promise<readonly unknown[]> =>
    (await list(query)).map(({ seq }) => seq);

  const anAct = (payload: object, envelope: Partial<EventEnvelope> = {}): EventEnvelope => ({
    ...eventAbout('catalog', 'staff.acted', {
      actor_id: 'kim',
      operation: 'updateProduct',
      category: 'catalogue',
      subject: { kind: 'product', id: 'kettle' },
      before: { price: 1 },
      after: { price: 2 },
      ...payload,
    }),
    ...envelope,
  });

  it('has what admins do to accounts, without the person', async () => {
    const body = { email: 'kim@example.com', first_name: 'Kim', last_name: 'Keeper', roles: ['moderator'] };
    const { body: invited } = await asAdmin('POST', '/users/invitations', body);
    const id = String(invited.user_id);
    await asAdmin('PUT', `/users/${id}/roles`, { roles: ['order_manager'] });
    await asAdmin('PUT', `/users/${id}/status`, { status: 'deactivated' });
    await asAdmin('DELETE', `/users/${id}/factors`);
    await asAdmin('PUT', `/users/${id}/roles`, { roles: ['customer'] });
    const { body: erasure } = await asAdmin('POST', `/users/${id}/erasure`, { reason: 'by letter' });
    const other = await registered(service, 'sam@example.com');
    const { body: listed } = await asAdmin('GET', `/users/${other.userId}/sessions`);
    const sessionId = String(listed.items[0].session_id);
    await asAdmin('DELETE', `/users/${other.userId}/sessions/${sessionId}`);
    await asAdmin('DELETE', `/users/${other.userId}/sessions`);
    await workOff(toolboxOfUser());
    await asAdmin('POST', `/erasures/${String(erasure.erasure_id)}/repetition`);
    const acts = await actsIn(service.toolbox);
    expect(acts).toEqual([
      { did: 'inviteUser: user', after: { version: 1, roles: ['moderator'], status: 'active' } },
      {
        did: 'assignRoles: user',
        before: { version: 1, roles: ['moderator'] },
        after: { version: 2, roles: ['order_manager'] },
      },
      {
        did: 'setStatus: user',
        before: { version: 2, status: 'active' },
        after: { version: 3, status: 'deactivated' },
      },
      { did: 'resetFactors: factors', before: {}, after: {} },
      {
        did: 'assignRoles: user',
        before: { version: 3, roles: ['order_manager'] },
        after: { version: 4, roles: ['customer'] },
      },
      { did: 'eraseUser: user', before: { version: 4 }, after: { version: 5 } },
      { did: 'eraseUser: erasure', after: { userId: id, open: [...HOLDERS] } },
      { did: 'endSession: session', after: { userId: other.userId, ended: true } },
      { did: 'endOtherSessions: user', before: { version: 1 }, after: { version: 2 } },
      { did: 'endOtherSessions: sessions', after: { ended: true } },
      { did: 'repeatErasure: erasure', before: { open: [] }, after: { open: [...HOLDERS] } },
    ]);
    expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(user));
    await hear(...(await service.toolbox.audited()));
    const [last] = await list('operation=eraseUser&subject_kind=erasure');
    expect(last).toMatchObject({
      seq: 7,
      service: 'user',
      actor_id: ADMIN,
      operation: 'eraseUser',
      category: 'accounts',
      reason: 'by letter',
      subject: { kind: 'erasure' },
      after: { userId: id, open: [...HOLDERS] },
    });
  });

  it('is read by admins only, newest first and by what they look for; the security log tells it', async () => {
    const at = (timestamp: string) => ({ timestamp });
    await hear(
      anAct({}, at('2026-03-01T10:00:00.000Z')),
      anAct({ actor_id: 'lee', operation: 'deleteProduct' }, at('2026-03-01T11:00:00.000Z')),
      anAct({ service: 'order', category: 'money', subject: { kind: 'order', id: 'o-1' } }, { correlation_id: 'a story', ...at('2026-03-01T12:00:00.000Z') }), // prettier-ignore
    );
    const found: Readonly<Record<string, readonly number[]>> = {
      '': [3, 2, 1],
      'actor_id=kim': [3, 1],
      'actor_id=kim&service=catalog': [1],
      'operation=deleteProduct': [2],
      'category=money': [3],
      'subject_kind=product&subject_id=kettle': [2, 1],
      'correlation_id=a%20story': [3],
      'from=2026-03-01T11:00:00Z': [3, 2],
      'to=2026-03-01T11:00:00Z': [1],
      'from=2026-03-01T12:30:00%2B01:30&to=2026-03-01T12:00:00Z': [2],
      'actor_id=nobody': [],
    };
    for (const [query, expected] of Object.entries(found))
      expect([query, await seqs(query)]).toEqual([query, expected]);
    const { body } = await asAdmin('GET', '/audit-entries?limit=2');
    expect(await seqs(`limit=2&cursor=${String(body.next_cursor)}`)).toEqual([1]);
    expect(await asAdmin('GET', '/audit-entries?cursor=made-up')).toMatchObject({ status: 400 });
    expect(await asAdmin('GET', '/audit-entries?from=yesterday')).toMatchObject({ status: 400 });
    const moderator = await service.toolbox.tokenOf(systemIds.next(), 'moderator');
    expect(await service.send('GET', '/api/v1/audit-entries', { token: moderator })).toMatchObject({
      status: 403,
    });
    expect(service.toolbox.noted).toContainEqual({
      event: 'audit_read',
      actor: `user:${ADMIN}`,
      address: expect.any(String),
      operation: 'listAuditEntries',
      details: { filter: 'category=money' },
    });
  });

  it('has an act once, and its head is noted', async () => {
    const [one, other] = [anAct({}), anAct({})];
    await hear(one, other);
    await hear(one);
    expect(await seqs('')).toEqual([2, 1]);
    const { sweeps = [] } = await user.compose(service.toolbox);
    for (const { sweep } of sweeps) await sweep(service.toolbox.clock.now());
    const [last] = await list();
    expect(service.toolbox.noted).toContainEqual({
      event: 'audit_head',
      details: { head: `2:${String(last?.['hash'])}` },
    });
  });

  it('has an act once, although the inbox has forgotten it', async () => {
    const act = anAct({});
    await hear(act);
    const [entry] = await stored.get(Storage.Audit).after(0, 1);
    if (!entry) throw new Error('there is an entry');
    const recordActs = makeRecordActs(sha256);
    const again = { ...entry, entryId: act.event_id };
    const other = { ...entry, entryId: systemIds.next() };
    await stored.get(Storage.UnitOfWork).run((tx) => recordActs(tx, [again, other, other]));
    expect(await stored.get(Storage.Audit).head()).toMatchObject({ seq: 2 });
  });

  it('has no two entries with one number', async () => {
    await hear(anAct({}));
    const [first] = await stored.get(Storage.Audit).after(0, 1);
    if (!first) throw new Error('there is an entry');
    const append = stored
      .get(Storage.UnitOfWork)
      .run(({ audit }) => audit.append([{ ...first, text: '{}' }]));
    await expect(append).rejects.toThrow(VersionConflict);
    const verify = makeVerifyAudit(stored.get(Storage.Audit), sha256);
    expect(await verify()).toEqual({ ok: true, value: { seq: 1, hash: first.hash } });
  });

  it.skipIf(store === 'memory')('refuses changes, and shows those that were forced on it', async () => {
    await hear(anAct({}), anAct({}), anAct({}));
    const opened = service.toolbox.store;
    if (opened.kind !== 'sql') throw new Error('not SQL');
    const { database } = opened;
    const verify = verifyAuditIn(database);
    const { seq, hash } = await stored.get(Storage.Audit).head();
    for (const change of [
      "update users.audit_entries set service = 'x'",
      'delete from users.audit_entries',
      'truncate users.audit_entries',
    ])
      // prettier-ignore
      await expect(database.query(change)).rejects.toThrow('only ever added to');
    expect(await verify({ seq, hash })).toEqual({ ok: true, value: { seq: 3, hash } });
    await database.query('alter table users.audit_entries disable trigger append_only');
    await database.query('delete from users.audit_entries where seq = 3');
    expect(await verify()).toMatchObject({ ok: true, value: { seq: 2 } });
    expect(await verify({ seq, hash })).toMatchObject({ ok: false, error: { seq: 3 } });
    await database.query("update users.audit_entries set actor_id = 'nobody' where seq = 2");
    expect(await verify()).toMatchObject({ ok: false, error: { seq: 2 } });
    await database.query(
      "update users.audit_entries set entry = replace(entry, 'kettle', 'bottle') where seq = 1",
    );
    expect(await verify()).toMatchObject({ ok: false, error: { seq: 1 } });
    await database.query('delete from users.audit_entries');
    expect(await verify()).toEqual({ ok: true, value: NO_ENTRIES });
  });
});

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '#kernel/clock.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openTestService, type Answered } from '#test/kit/http.ts';
import { START } from '#test/kit/start.ts';
import { STORES } from '#test/kit/stores.ts';
import { analytics as module } from '../main/module.ts';
import { CHAIR, LAMP, makeCatalog } from './neighbours.rig.ts';

const VISIT = '0190a000-0000-7000-8000-00000000ab01';
const ORDER = '0190a000-0000-7000-8000-00000000ef01';
const LIST = '0190a000-0000-7000-8000-00000000cd01';

const at = (ms = 0): string => new Date(START.getTime() + ms).toISOString();
const viewed = (change: object = {}) => ({
  id: randomUUID(),
  kind: 'viewed',
  at: at(),
  product_id: LAMP,
  ...change,
});
const shown = (...ids: readonly string[]) => ({
  id: randomUUID(),
  kind: 'shown',
  at: at(),
  list_id: LIST,
  placement: 'product',
  strategy: 'similar',
  model_version: '2026-03-01.1',
  bucket: 7,
  items: ids.map((product_id, index) => ({ product_id, position: index + 1, propensity: 0.5 })),
});

const env = () => ({ ANALYTICS_FILE: join(temporaryFolder(), 'warehouse') });

describe.each(STORES)('what shoppers do, on %s', (store) => {
  const service = forEachTest(async () => {
    const { calls, clients } = makeCatalog();
    return { ...(await openTestService(store, module, { clients, env: env() })), calls };
  });

  const report = (facts: readonly object[], headers: object = {}, token?: string): Promise<Answered> =>
    service.send('POST', '/api/v1/behaviour', {
      headers: { 'visit-session': VISIT, ...headers },
      body: { facts },
      ...(token !== undefined && { token }),
    });
  const announced = async () =>
    (await service.toolbox.announced()).map(({ event_type: type, event_version: version, key, payload }) => ({
      type,
      version,
      key,
      payload,
    }));

  it('is published by visit, each fact as an event', async () => {
    const { status, body } = await report([
      viewed({ sku: 'LAMP-OAK', source: { kind: 'search', query: 'Desk  Lamp', position: 2 } }),
      { id: randomUUID(), kind: 'searched', at: at(), query: 'Desk Lamp', hits: 3 },
      shown(LAMP, CHAIR),
      { id: randomUUID(), kind: 'clicked', at: at(), list_id: LIST, product_id: CHAIR, position: 2 },
      { id: randomUUID(), kind: 'added', at: at(), list_id: LIST, product_id: CHAIR, position: 2 },
      { id: randomUUID(), kind: 'added', at: at(), product_id: LAMP },
      { id: randomUUID(), kind: 'checkout', at: at() },
      { id: randomUUID(), kind: 'ordered', at: at(), order_id: ORDER },
    ]);
    expect([status, body]).toEqual([202, { accepted: 8 }]);
    const who = { session_id: VISIT };
    const followed = { ...who, list_id: LIST, product_id: CHAIR, position: 2, clicked_at: at() };
    const advanced = (step: object) => ({
      type: 'visit.advanced',
      version: '1.0',
      key: VISIT,
      payload: { ...who, ...step, advanced_at: at() },
    });
    expect(await announced()).toEqual([
      {
        type: 'product.viewed',
        version: '2.0',
        key: VISIT,
        payload: {
          ...who,
          product_id: LAMP,
          sku: 'LAMP-OAK',
          views: 1,
          source: { kind: 'search', query: 'desk lamp', position: 2 },
          viewed_at: at(),
        },
      },
      {
        type: 'search.performed',
        version: '1.0',
        key: VISIT,
        payload: { ...who, query: 'desk lamp', hits: 3, searched_at: at() },
      },
      {
        type: 'recommendation.shown',
        version: '1.0',
        key: VISIT,
        payload: {
          ...who,
          list_id: LIST,
          placement: 'product',
          strategy: 'similar',
          model_version: '2026-03-01.1',
          bucket: 7,
          items: [
            { product_id: LAMP, position: 1, propensity: 0.5 },
            { product_id: CHAIR, position: 2, propensity: 0.5 },
          ],
          shown_at: at(),
        },
      },
      { type: 'recommendation.clicked', version: '1.0', key: VISIT, payload: { ...followed, kind: 'click' } },
      advanced({ step: 'cart', product_id: CHAIR }),
      { type: 'recommendation.clicked', version: '1.0', key: VISIT, payload: { ...followed, kind: 'add' } },
      advanced({ step: 'cart', product_id: LAMP }),
      advanced({ step: 'checkout' }),
      advanced({ step: 'order', order_id: ORDER }),
    ]);
  });

  it('counts once, however often it is reported in a visit, and says nothing about another visit', async () => {
    const fact = viewed();
    expect((await report([fact, fact])).body).toEqual({ accepted: 1 });
    expect((await report([fact])).body).toEqual({ accepted: 0 });
    expect((await report([fact], { 'visit-session': randomUUID() })).body).toEqual({ accepted: 1 });
    expect(await announced()).toHaveLength(2);
  });

  it('has the user who is logged in, and nobody otherwise', async () => {
    const user = '0190a000-0000-7000-8000-00000000ee01';
    await report([viewed()], {}, await service.toolbox.tokenOf(user));
    await report([viewed()]);
    const users = (await announced()).map(({ payload }) => 'user_id' in payload && payload.user_id);
    expect(users).toEqual([user, false]);
  });

  it('happened now if it is reported as of the future, and is left out after a day', async () => {
    const { body } = await report([viewed({ at: at(DAY) }), viewed({ at: at(-DAY) }), viewed({ at: at(-DAY - SECOND) })]); // prettier-ignore
    expect(body).toEqual({ accepted: 2 });
    expect((await announced()).map(({ payload }) => payload)).toMatchObject([
      { viewed_at: at() },
      { viewed_at: at(-DAY) },
    ]);
  });

  it('is left out as far as it is about products that do not exist, of which the catalog is asked once', async () => {
    const unknown = randomUUID();
    const facts = [viewed({ product_id: unknown }), shown(unknown), shown(unknown, CHAIR), viewed()];
    expect((await report(facts)).body).toEqual({ accepted: 2 });
    await report(facts);
    expect((await announced())[0]?.payload).toMatchObject({ items: [{ product_id: CHAIR, position: 2 }] });
    expect(service.calls).toEqual([[unknown, CHAIR, LAMP]]);
    expect((await report([viewed({ product_id: unknown })])).body).toEqual({ accepted: 0 });
  });

  it('keeps no query that might name a person', async () => {
    await report([
      { id: randomUUID(), kind: 'searched', at: at(), query: 'ann@example.com', hits: 0 },
      viewed({ source: { kind: 'search', query: '+49 30 1234567' } }),
    ]);
    expect(JSON.stringify(await announced())).not.toMatch(/ann@|1234567/);
    expect((await announced())[0]?.payload).toEqual({ session_id: VISIT, hits: 0, searched_at: at() });
  });

  it('is taken in reports of 50 facts, and of facts that are described', async () => {
    expect((await report(Array.from({ length: 50 }, () => viewed()))).body).toEqual({ accepted: 50 });
    for (const facts of [
      [],
      Array.from({ length: 51 }, () => viewed()),
      [viewed({ id: 'mine' })],
      [viewed({ kind: 'bought' })],
      [viewed({ at: 'yesterday' })],
      [viewed({ source: { kind: 'search', query: 'a'.repeat(201) } })],
      [viewed({ email: 'ann@example.com' })],
      [{ ...shown(LAMP), strategy: 'Ann Example' }],
      [{ id: randomUUID(), kind: 'added', at: at(), product_id: LAMP, list_id: LIST }],
    ])
      expect(await report(facts)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await report([viewed({ sku: 'A'.repeat(17_000) })])).toMatchObject({ status: 413 });
  });
});

describe.each(STORES)('pseudonyms, on %s', (store) => {
  const service = forEachTest(() =>
    openTestService(store, module, { clients: makeCatalog().clients, env: env() }),
  );
  const USER = '0190a000-0000-7000-8000-00000000ee01';
  const ask = async (path: string, scope: string, by = 'user'): Promise<Answered> =>
    service.send('POST', `/internal/v1/personal-data/${path}`, {
      token: await service.toolbox.serviceToken(by, scope),
      body: { user_id: USER },
    });

  it('of nobody are not known, and there is nothing to erase', async () => {
    expect((await ask('export', 'personal-data:read')).body).toEqual({ items: [] });
    expect((await ask('erase', 'personal-data:erase')).body).toEqual({ done: true, erased: [], kept: [] });
  });

  it('are asked for by the user service only', async () => {
    expect((await ask('erase', 'personal-data:erase', 'order')).status).toBe(403);
  });
});

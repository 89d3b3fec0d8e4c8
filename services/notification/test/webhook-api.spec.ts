import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { allPages } from '#test/kit/pages.ts';
import { ok } from '#kernel/result.ts';
import { MOST_ENDPOINTS } from '../core/domain/webhook-endpoint.ts';
import { anEvent } from './event.mother.ts';
import { PATH, webhooksForEachTest } from './webhooks.rig.ts';

const NOTHING = '0190a000-0000-7000-8000-000000000001';
const URL_OF_ERP = 'https://erp.example/hook';
const input = (changes: object = {}) => ({ url: URL_OF_ERP, event_types: ['order.confirmed'], ...changes });

describe('webhook endpoints', () => {
  const shop = webhooksForEachTest({});

  it('are for administrators alone', async () => {
    const manager = await shop.toolbox.tokenOf(systemIds.next(), 'order_manager');
    const one = `${PATH}/${NOTHING}`;
    for (const [method, path] of [
      ['GET', PATH],
      ['POST', PATH],
      ['GET', one],
      ['PATCH', one],
      ['DELETE', one],
      ['POST', `${one}/secret-rotation`],
      ['POST', `${one}/test`],
      ['GET', `${one}/deliveries`],
      ['GET', `${one}/deliveries/${NOTHING}`],
      ['POST', `${one}/deliveries/${NOTHING}/replay`],
      ['POST', `${one}/recover`],
    ] as const) {
      expect((await shop.send(method, path)).status).toBe(401);
      expect((await shop.send(method, path, { token: manager })).status).toBe(403);
    }
  });

  it('show their secret once', async () => {
    const created = await shop.as('POST', PATH, { body: input({ description: 'ERP' }) });
    expect(created).toMatchObject({
      status: 201,
      body: { endpoint: { url: URL_OF_ERP, description: 'ERP', is_enabled: true, version: 1 } },
    });
    expect(created.body.secret).toMatch(/^whsec_/);
    expect(created.headers.get('cache-control')).toBe('private, no-store');
    const location = created.headers.get('location') ?? '';
    const read = await shop.as('GET', location);
    expect(read.body).toEqual(created.body.endpoint);
    const listed = await shop.as('GET', PATH);
    expect(listed.body).toEqual({ items: [created.body.endpoint] });
    expect(JSON.stringify([read.body, listed.body])).not.toContain('whsec_');
  });

  it('are created and rotated once per key', async () => {
    const headers = { 'idempotency-key': 'a-key-of-a-client' };
    const token = await shop.toolbox.tokenOf(systemIds.next(), 'admin');
    const create = () => shop.send('POST', PATH, { token, headers, body: input() });
    const [first, again] = [await create(), await create()];
    expect(again.body).toEqual(first.body);
    expect((await shop.as('GET', PATH)).body.items).toHaveLength(1);
    const path = `${PATH}/${String(first.body.endpoint.endpoint_id)}/secret-rotation`;
    const rotate = () => shop.send('POST', path, { token, headers });
    const [rotated, repeated] = [await rotate(), await rotate()];
    expect(rotated.body.secret).not.toBe(first.body.secret);
    expect(repeated.body).toEqual(rotated.body);
  });

  it.each([
    ['http://erp.example/', 422, 'INVALID_WEBHOOK_URL'],
    ['https://ada:secret@erp.example/', 422, 'INVALID_WEBHOOK_URL'],
    ['erp.example', 422, 'INVALID_WEBHOOK_URL'],
    ['https://localhost/', 422, 'INVALID_WEBHOOK_URL'],
    ['https://0x7f.1/', 422, 'INVALID_WEBHOOK_URL'],
    ['https://[::ffff:10.0.0.1]/', 422, 'INVALID_WEBHOOK_URL'],
    [`https://erp.example/${'x'.repeat(2_000)}`, 400, 'VALIDATION_FAILED'],
  ])('are refused with the URL %s', async (url, status, code) => {
    expect(await shop.as('POST', PATH, { body: input({ url }) })).toMatchObject({ status, body: { code } });
  });

  it.each([[[]], [['user.password_reset_requested']], [['order.unknown']], [['webhook.test']]])(
    'are refused with the event types %j',
    async (event_types) => {
      expect((await shop.as('POST', PATH, { body: input({ event_types }) })).status).toBe(400);
    },
  );

  it(`are ${MOST_ENDPOINTS} at most`, async () => {
    for (let count = 0; count < MOST_ENDPOINTS; count += 1) await shop.create(URL_OF_ERP);
    expect(await shop.as('POST', PATH, { body: input() })).toMatchObject({
      status: 409,
      body: { code: 'TOO_MANY_WEBHOOK_ENDPOINTS' },
    });
  });

  it('are changed at the version that staff have read', async () => {
    const { id } = await shop.create(URL_OF_ERP);
    const change = (version: number, body: object) =>
      shop.as('PATCH', `${PATH}/${id}`, { headers: { 'if-match': `"${version}"` }, body });
    const changed = await change(1, { is_enabled: false, event_types: ['order.placed', 'order.placed'] });
    expect(changed.body).toMatchObject({
      version: 2,
      url: URL_OF_ERP,
      event_types: ['order.placed'],
      is_enabled: false,
      disabled: { reason: 'staff' },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await change(1, { description: 'ERP' })).status).toBe(412);
    for (const url of ['http://erp.example/', 'https://169.254.169.254/'])
      expect(await change(2, { url })).toMatchObject({ status: 422, body: { code: 'INVALID_WEBHOOK_URL' } });
    expect(
      (await change(2, { url: 'https://b.example/', description: 'ERP', is_enabled: true })).body,
    ).toMatchObject({
      url: 'https://b.example/',
      description: 'ERP',
      is_enabled: true,
    });
    expect((await shop.as('DELETE', `${PATH}/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect((await shop.as('DELETE', `${PATH}/${id}`)).status).toBe(204);
    expect((await shop.as('GET', `${PATH}/${id}`)).status).toBe(404);
  });

  it('that do not exist are not found', async () => {
    const one = `${PATH}/${NOTHING}`;
    const body = { is_enabled: true };
    const answers = [
      await shop.as('PATCH', one, { body }),
      await shop.as('DELETE', one),
      await shop.as('POST', `${one}/secret-rotation`),
      await shop.as('POST', `${one}/test`),
      await shop.as('GET', `${one}/deliveries`),
      await shop.as('POST', `${one}/deliveries/${NOTHING}/replay`),
      await shop.as('POST', `${one}/recover`, { body: { since: '2026-03-01T00:00:00Z' } }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { code: 'WEBHOOK_ENDPOINT_NOT_FOUND' } });
    const { id } = await shop.create(URL_OF_ERP);
    expect(await shop.as('POST', `${PATH}/${id}/deliveries/${NOTHING}/replay`)).toMatchObject({
      status: 404,
      body: { code: 'WEBHOOK_DELIVERY_NOT_FOUND' },
    });
  });

  it('list their deliveries page by page', async () => {
    const { id } = await shop.create(URL_OF_ERP);
    const events = Array.from({ length: 3 }, () => ({
      ...anEvent('order.confirmed'),
      event_id: systemIds.next(),
    }));
    await shop.hear(...events);
    const all = await allPages(async ({ limit, cursor }) => {
      const query = `limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
      const { body } = await shop.as('GET', `${PATH}/${id}/deliveries?${query}`);
      return ok({
        items: body.items as { delivery_id: string }[],
        next: body.next_cursor as string | undefined,
      });
    });
    expect(all.map(({ delivery_id }) => delivery_id).toSorted()).toEqual(
      events.map(({ event_id }) => event_id).toSorted(),
    );
    const [event] = events;
    const one = await shop.as('GET', `${PATH}/${id}/deliveries/${event?.event_id ?? ''}`);
    expect(one).toMatchObject({ status: 200, body: { delivery: { event_type: 'order.confirmed' } } });
    expect(JSON.parse(one.body.body)).toEqual({
      type: 'order.confirmed',
      timestamp: event?.timestamp,
      data: event?.payload,
    });
    expect(await shop.as('GET', `${PATH}/${id}/deliveries/${NOTHING}`)).toMatchObject({
      status: 404,
      body: { code: 'WEBHOOK_DELIVERY_NOT_FOUND' },
    });
    expect(await shop.as('GET', `${PATH}/${id}/deliveries?cursor=x`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CURSOR' },
    });
  });

  it('are in the security log when staff change them', async () => {
    await shop.create(URL_OF_ERP);
    await shop.as('GET', PATH);
    expect(shop.toolbox.noted).toMatchObject([
      { event: 'staff_act', operation: 'createWebhookEndpoint', details: { audit: 'webhooks', status: 201 } },
    ]);
  });

  it('have alerts, whose metrics exist', async () => {
    const rules = readFileSync(
      new URL('../../../deploy/observability/webhook-alerts.yaml', import.meta.url),
      'utf8',
    );
    const alerted = [...rules.matchAll(/\bwebhook_\w+/g)].map(([name]) => name);
    const text = await shop.metrics.text();
    expect(new Set(alerted).size).toBe(3);
    for (const metric of alerted) expect(text).toContain(`# TYPE ${metric} `);
  });

  it('say in metrics what was attempted, and how late deliveries are', async () => {
    await shop.createOnLaptop('https://10.0.0.1/');
    await shop.hear(anEvent('order.confirmed'));
    shop.toolbox.clock.advance(90_000);
    expect(await shop.metrics.text()).toContain('webhook_oldest_pending_seconds{service="notification"} 90');
    await shop.work();
    const text = await shop.metrics.text();
    expect(text).toContain('webhook_attempts_total{outcome="forbidden",service="notification"} 1');
    expect(text).toContain('webhook_oldest_pending_seconds{service="notification"} 0');
  });
});

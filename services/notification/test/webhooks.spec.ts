import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { Task } from '#kernel/tasks.ts';
import { until } from '#test/kit/conditions.ts';
import { START } from '#test/kit/toolbox.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { httpSender } from '../adapters/webhooks/http-sender.ts';
import { AT_ONCE } from '../adapters/webhooks/lanes.ts';
import { publicDialer } from '#adapters/http/public-address.ts';
import { anEvent } from './event.mother.ts';
import { RECOVERED_AT_ONCE, RECOVERY_PAUSE_MS } from '../core/domain/webhook-recovery.ts';
import {
  openReceiver,
  PATH,
  STAFF_EMAIL,
  verify,
  webhooksForEachTest,
  type Created,
} from './webhooks.rig.ts';

const confirmed = () => ({ ...anEvent('order.confirmed'), event_id: systemIds.next() });

describe('a webhook endpoint', () => {
  const shop = webhooksForEachTest();

  /** The next delivery, claimed. */
  const due = async (kind = shop.handler.kind): Promise<Task> => {
    const { clock, stores } = shop.toolbox;
    const [task] = await stores.tasks.claim(kind, clock.now(), clock.now(), 1);
    if (!task) throw new Error('nothing is due');
    return task;
  };

  /** Also makes the attempts that wait because their endpoint is busy. */
  const workPatiently = async (): Promise<void> => {
    await shop.work();
    for (let waits = 0; waits < 10; waits += 1) {
      shop.toolbox.clock.advance(5 * MINUTE);
      await shop.work();
    }
  };

  it('gets events of its types, signed as Standard Webhooks says', async () => {
    const receiver = await openReceiver();
    const { secret } = await shop.create(receiver.url, 'order.confirmed', 'product.deleted');
    const event = confirmed();
    await shop.hear(event, anEvent('order.cancelled'));
    await shop.work();
    const [request] = receiver.received;
    if (!request) throw new Error('nothing came');
    expect(receiver.ids()).toEqual([event.event_id]);
    expect(request.headers['content-type']).toBe('application/json');
    const { timestamp, payload } = event;
    const content = { type: 'order.confirmed', timestamp, data: payload };
    expect(verify(secret, request, shop.toolbox.clock.now())).toEqual(content);
    const forged = { ...request, body: request.body.replace('EUR', 'USD') };
    expect(() => verify(secret, forged, shop.toolbox.clock.now())).toThrow();
  });

  it('gets no token of a card', async () => {
    const receiver = await openReceiver();
    await shop.create(receiver.url, 'order.placed');
    await shop.hear({
      ...anEvent('order.placed', { payment_token: 'tok_1' }),
      event_version: '1.0',
    });
    await shop.work();
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).not.toContain('tok_1');
  });

  it('gets an event once, however often the bus delivers it', async () => {
    const receiver = await openReceiver();
    await shop.create(receiver.url);
    const event = confirmed();
    await shop.hear(event, event);
    await shop.hear(event);
    await shop.work();
    expect(receiver.ids()).toEqual([event.event_id]);
  });

  it('gets the same message under the same ID until it accepts it', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    receiver.answers(503, (answer) => void answer.writeHead(429, { 'retry-after': '3600' }).end('later'));
    await shop.hear(confirmed());
    await shop.work();
    shop.toolbox.clock.advance(MINUTE);
    await shop.work();
    shop.toolbox.clock.advance(59 * MINUTE);
    await shop.work();
    expect(receiver.received).toHaveLength(2);
    shop.toolbox.clock.advance(MINUTE);
    await shop.work();
    expect(new Set(receiver.ids()).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    const last = receiver.received.at(-1);
    expect(last && verify(endpoint.secret, last, shop.toolbox.clock.now())).toMatchObject({
      type: 'order.confirmed',
    });
    expect(await shop.log(endpoint)).toMatchObject([
      {
        status: 'delivered',
        attempts: [{ status_code: 503 }, { status_code: 429, answer: 'later' }, { status_code: 204 }],
      },
    ]);
  });

  it('is called again as part of the same story', async () => {
    const receiver = await openReceiver();
    await shop.create(receiver.url);
    receiver.answers(503);
    const event = { ...confirmed(), correlation_id: 'a story' };
    await shop.hear(event);
    await shop.work();
    shop.toolbox.clock.advance(MINUTE);
    expect((await due()).cause).toEqual({ correlationId: 'a story', causationId: event.event_id });
  });

  it('gets the same message again if the service died before it had recorded the answer', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    await shop.hear(confirmed());
    const task = await due();
    await shop.handler.perform(task); // and its outcome is lost
    await shop.work();
    expect(receiver.received).toHaveLength(2);
    expect(new Set(receiver.ids()).size).toBe(1);
    expect(await shop.log(endpoint)).toMatchObject([
      { status: 'delivered', attempts: [{ status_code: 204 }] },
    ]);
  });

  it('has one attempt in its log if two instances make the same one', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    await shop.hear(confirmed());
    const task = await due();
    receiver.answers(503, 503);
    const outcomes = [await shop.handler.perform(task), await shop.handler.perform(task)];
    for (const outcome of outcomes) await shop.settle(task, outcome);
    expect(await shop.log(endpoint)).toMatchObject([{ attempts: [{ status_code: 503 }] }]);
    expect(await shop.handler.perform(task)).toEqual({ kind: 'void' });
    shop.toolbox.clock.advance(10_000);
    await shop.work();
    expect(receiver.received).toHaveLength(3);
  });

  it('that redirects or refuses an event gets it once, and the redirect is not followed', async () => {
    const receiver = await openReceiver();
    const elsewhere = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    receiver.answers((answer) => void answer.writeHead(307, { location: elsewhere.url }).end(), 404);
    await shop.hear(confirmed(), confirmed());
    await shop.work();
    shop.toolbox.clock.advance(2 * DAY);
    await shop.work();
    expect([receiver.received.length, elsewhere.received.length]).toEqual([2, 0]);
    expect((await shop.log(endpoint)).map(({ status }) => status)).toEqual(['failed', 'failed']);
  });

  it('verifies with the former secret for a day after a rotation', async () => {
    const receiver = await openReceiver();
    const { id, secret } = await shop.create(receiver.url);
    const { body } = await shop.as('POST', `${PATH}/${id}/secret-rotation`);
    const secrets = [String(body.secret), secret] as const;
    const works = async (): Promise<readonly boolean[]> => {
      await shop.hear(confirmed());
      await shop.work();
      const last = receiver.received.at(-1);
      return secrets.map((one) => {
        try {
          return Boolean(last && verify(one, last, shop.toolbox.clock.now()));
        } catch {
          return false;
        }
      });
    };
    expect(await works()).toEqual([true, true]);
    shop.toolbox.clock.advance(DAY);
    expect(await works()).toEqual([true, false]);
  });

  it('that is gone is disabled at once, and staff are notified', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    receiver.answers(410);
    await shop.hear(confirmed());
    await shop.work();
    await shop.hear(confirmed());
    await shop.work();
    expect(receiver.received).toHaveLength(1);
    const { body } = await shop.as('GET', `${PATH}/${endpoint.id}`);
    expect(body).toMatchObject({ is_enabled: false, disabled: { reason: 'gone' } });
    expect(await shop.toolbox.announced()).toMatchObject([
      {
        event_type: 'webhook.endpoint_disabled',
        payload: { endpoint_id: endpoint.id, reason: 'gone', host: new URL(receiver.url).host },
      },
    ]);
    const [mail, ...others] = await shop.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: { email: STAFF_EMAIL }, text: expect.stringContaining('gone (410)') });
    for (const form of [mail?.html, mail?.text]) expect(form).toContain(endpoint.id);
    const listed = await shop.as('GET', '/api/v1/notifications?kind=webhook.endpoint_disabled');
    expect(listed.body).toMatchObject({ items: [{ kind: 'webhook.endpoint_disabled', status: 'sent' }] });
    expect(await shop.metrics.text()).toContain(
      'webhook_endpoints_disabled{reason="gone",service="notification"} 1',
    );
  });

  it('that fails for a day is disabled, staff are notified, and what waits is given up', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    await receiver.close();
    await shop.hear(confirmed());
    for (let hours = 0; hours < 23; hours += 1) {
      await shop.work();
      shop.toolbox.clock.advance(HOUR);
    }
    const read = async () => (await shop.as('GET', `${PATH}/${endpoint.id}`)).body as object;
    expect(await read()).toMatchObject({ is_enabled: true });
    const other = confirmed();
    await shop.hear(other);
    await shop.work();
    shop.toolbox.clock.advance(2 * HOUR);
    await shop.hear(confirmed());
    await shop.work();
    expect(await read()).toMatchObject({ is_enabled: false, disabled: { reason: 'failing' } });
    expect((await shop.toolbox.announced()).map(({ event_type }) => event_type)).toEqual([
      'webhook.endpoint_disabled',
    ]);
    expect(await shop.mails()).toMatchObject([
      { text: expect.stringContaining('has failed since 1 March 2026') },
    ]);
    shop.toolbox.clock.advance(2 * DAY); // no pause is longer
    await shop.work();
    expect((await shop.log(endpoint)).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect((await shop.log(endpoint))[0]?.attempts).toMatchObject([{ error: 'ECONNREFUSED' }]);
  });

  it('gets an event again when staff replay it, under the same ID', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    const event = confirmed();
    const replay = () => shop.as('POST', `${PATH}/${endpoint.id}/deliveries/${event.event_id}/replay`);
    receiver.answers(400);
    await shop.hear(event);
    expect(await replay()).toMatchObject({ status: 409, body: { code: 'WEBHOOK_DELIVERY_PENDING' } });
    await shop.work();
    expect(await replay()).toMatchObject({ status: 202, body: { status: 'pending' } });
    await shop.work();
    expect(receiver.ids()).toEqual([event.event_id, event.event_id]);
    expect(await shop.log(endpoint, '?status=delivered')).toMatchObject([
      { attempts: [{ status_code: 400 }, { status_code: 204 }] },
    ]);
    await shop.as('PATCH', `${PATH}/${endpoint.id}`, { body: { is_enabled: false } });
    expect(await replay()).toMatchObject({ status: 409, body: { code: 'WEBHOOK_ENDPOINT_DISABLED' } });
  });

  describe('whose failed deliveries staff recover', () => {
    const recover = ({ id }: Created, since: Date) =>
      shop.as('POST', `${PATH}/${id}/recover`, { body: { since: since.toISOString() } });
    const recovery = async ({ id }: Created): Promise<unknown> =>
      (await shop.as('GET', `${PATH}/${id}`)).body.recovery;
    const failing = async (...events: readonly EventEnvelope[]): Promise<void> => {
      await shop.hear(...events);
      await shop.work();
    };
    const refused = (count: number): number[] => Array.from({ length: count }, () => 400);

    it('gets all of them again that have failed since then, once, under the same IDs', async () => {
      const receiver = await openReceiver();
      const endpoint = await shop.create(receiver.url);
      const [early, delivered, late, later] = [confirmed(), confirmed(), confirmed(), confirmed()];
      receiver.answers(...refused(1));
      await failing(early);
      await failing(delivered);
      shop.toolbox.clock.advance(MINUTE);
      const since = shop.toolbox.clock.now();
      receiver.answers(...refused(2));
      await failing(late, later);
      receiver.received.splice(0);
      const startedAt = shop.toolbox.clock.now().toISOString();
      const begun = { since: since.toISOString(), started_at: startedAt, recovered: 0 };
      expect(await recover(endpoint, since)).toMatchObject({ status: 202, body: begun });
      expect(await recovery(endpoint)).toEqual(begun);
      await shop.recover();
      await shop.work();
      expect(receiver.ids().toSorted()).toEqual([late.event_id, later.event_id].toSorted());
      expect(await recovery(endpoint)).toEqual({ ...begun, recovered: 2, finished_at: startedAt });
      await recover(endpoint, since);
      await shop.recover();
      await shop.work();
      expect(receiver.received).toHaveLength(2);
      expect(await recovery(endpoint)).toMatchObject({ recovered: 0, finished_at: startedAt });
    });

    it('gets them part by part, and none twice in one recovery even if it fails again', async () => {
      const receiver = await openReceiver();
      const endpoint = await shop.create(receiver.url);
      const count = RECOVERED_AT_ONCE + 1;
      receiver.answers(...refused(2 * count));
      for (let events = 0; events < count; events += 1) await failing(confirmed());
      await recover(endpoint, START);
      await shop.recover();
      expect(await recovery(endpoint)).toMatchObject({ recovered: RECOVERED_AT_ONCE });
      expect(await recover(endpoint, START)).toMatchObject({
        status: 409,
        body: { code: 'WEBHOOK_RECOVERY_RUNNING' },
      });
      await workPatiently();
      expect(receiver.received).toHaveLength(count + RECOVERED_AT_ONCE);
      shop.toolbox.clock.advance(RECOVERY_PAUSE_MS);
      await shop.recover();
      await workPatiently();
      expect(new Set(receiver.ids()).size).toBe(count);
      expect(receiver.received).toHaveLength(2 * count);
      expect(await recovery(endpoint)).toMatchObject({ recovered: count, finished_at: expect.anything() });
    });

    it('is recovered once per key', async () => {
      const endpoint = await shop.create('https://a.example/');
      const token = await shop.toolbox.tokenOf(systemIds.next(), 'admin');
      const again = (since: Date) =>
        shop.send('POST', `${PATH}/${endpoint.id}/recover`, {
          token,
          headers: { 'idempotency-key': 'a-key-of-a-client' },
          body: { since: since.toISOString() },
        });
      const first = await again(START);
      await shop.recover();
      shop.toolbox.clock.advance(MINUTE);
      expect((await again(START)).body).toEqual(first.body);
      expect((await again(new Date(0))).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      expect(await shop.recover()).toEqual({ done: [], failed: [] });
    });

    it('gets nothing if it is disabled meanwhile, and can be recovered later', async () => {
      const receiver = await openReceiver();
      const endpoint = await shop.create(receiver.url);
      receiver.answers(...refused(1));
      await failing(confirmed());
      await recover(endpoint, START);
      const enable = (is_enabled: boolean) =>
        shop.as('PATCH', `${PATH}/${endpoint.id}`, { body: { is_enabled } });
      await enable(false);
      await shop.recover();
      expect(await recover(endpoint, START)).toMatchObject({
        status: 409,
        body: { code: 'WEBHOOK_ENDPOINT_DISABLED' },
      });
      await enable(true);
      expect((await recover(endpoint, START)).status).toBe(202);
      await shop.recover();
      await shop.work();
      expect(receiver.received).toHaveLength(2);
    });

    it('is not called twice if a part is done again after a crash', async () => {
      const receiver = await openReceiver();
      const endpoint = await shop.create(receiver.url);
      receiver.answers(...refused(1));
      await failing(confirmed());
      await recover(endpoint, START);
      const task = await due(shop.recovering.kind);
      const keys = await shop.recovering.perform(task);
      await shop.recover();
      await shop.settlePart(task, keys);
      await shop.work();
      expect(receiver.received).toHaveLength(2);
      expect(await recovery(endpoint)).toMatchObject({ recovered: 1 });
    });

    it('gets nothing that staff have replayed meanwhile', async () => {
      const endpoint = await shop.create((await openReceiver()).url);
      const event = confirmed();
      await failing(event);
      await shop.as('POST', `${PATH}/${endpoint.id}/deliveries/${event.event_id}/replay`);
      expect(await shop.log(endpoint, '?status=pending')).toHaveLength(1);
      await recover(endpoint, START);
      const task = await due(shop.recovering.kind);
      await shop.settlePart(task, [{ endpointId: endpoint.id, eventId: event.event_id }]);
      expect(await recovery(endpoint)).toMatchObject({ recovered: 0, finished_at: expect.anything() });
    });

    it('is not disturbed by a part of an earlier recovery, done again', async () => {
      const endpoint = await shop.create((await openReceiver()).url);
      await recover(endpoint, START);
      const early = await due(shop.recovering.kind);
      await shop.recover();
      shop.toolbox.clock.advance(MINUTE);
      await recover(endpoint, START);
      await shop.settlePart(early, []);
      expect(await recovery(endpoint)).not.toHaveProperty('finished_at');
    });
  });

  it('gets a test event, whatever its types are', async () => {
    const receiver = await openReceiver();
    const { id, secret } = await shop.create(receiver.url);
    expect((await shop.as('POST', `${PATH}/${id}/test`)).status).toBe(202);
    await shop.work();
    const [request] = receiver.received;
    const content = { type: 'webhook.test', data: { endpoint: id } };
    expect(request && verify(secret, request, shop.toolbox.clock.now())).toMatchObject(content);
  });

  it('that is slow gets four calls at once, and delays no other', async () => {
    const [slow, fast] = [await openReceiver(), await openReceiver()];
    const [hanging, other] = [await shop.create(slow.url), await shop.create(fast.url)];
    const free: (() => void)[] = [];
    slow.answers(
      ...Array.from(
        { length: AT_ONCE },
        () => (answer: { end: () => void }) => void free.push(() => answer.end()),
      ),
    );
    const events = Array.from({ length: 24 }, confirmed);
    await shop.hear(...events);
    const worked = shop.work();
    await until(() => free.length === AT_ONCE && fast.received.length >= 16);
    expect(slow.received).toHaveLength(AT_ONCE);
    for (const release of free) release();
    await worked;
    await workPatiently();
    for (const endpoint of [hanging, other])
      expect(await shop.log(endpoint, '?status=delivered')).toHaveLength(24);
    for (const { received } of [slow, fast]) expect(received).toHaveLength(24);
  });

  it('without TLS can still be disabled where that is no longer allowed', async () => {
    const { id } = await shop.create('http://erp.example/');
    const { updateEndpoint } = shop.restarted({});
    const change = (isEnabled: boolean, url?: string) =>
      updateEndpoint({ id, basedOn: undefined, change: { isEnabled, ...(url !== undefined && { url }) } });
    expect(await change(false)).toMatchObject({ ok: true, value: { disabled: { by: 'staff' } } });
    expect(await change(true, 'http://erp.example/new')).toMatchObject({ ok: false });
  });

  it('is not called for what was deleted with it', async () => {
    const receiver = await openReceiver();
    const endpoint = await shop.create(receiver.url);
    await shop.hear(confirmed());
    shop.toolbox.clock.advance(MINUTE);
    expect(await shop.metrics.text()).toContain('webhook_oldest_pending_seconds{service="notification"} 60');
    expect((await shop.as('DELETE', `${PATH}/${endpoint.id}`)).status).toBe(204);
    expect(await shop.metrics.text()).toContain('webhook_oldest_pending_seconds{service="notification"} 0');
    await shop.work();
    expect(receiver.received).toEqual([]);
    expect(await shop.toolbox.stores.tasks.nextDue(shop.handler.kind)).toBeUndefined();
  });

  it('costs no unit of work for events that it does not want', async () => {
    await shop.create('https://a.example/');
    const unreadable = { ...anEvent('order.delivered'), event_version: 'none' };
    await shop.hear(unreadable);
    expect(await shop.toolbox.stores.deadLetters.list(1)).toEqual([]); // a unit would have parked it
    await shop.create('https://a.example/', 'order.delivered');
    await shop.hear(unreadable);
    expect(await shop.toolbox.stores.deadLetters.list(1)).toHaveLength(1);
  });
});

describe('where private addresses are not allowed', () => {
  const shop = webhooksForEachTest({});

  it.each(['https://169.254.169.254/', 'https://[::1]/', 'https://localhost/', 'https://2130706433/'])(
    'an endpoint at %s that was allowed before is never called, and its log says why',
    async (url) => {
      const endpoint = await shop.createOnLaptop(url);
      await shop.hear(confirmed());
      await shop.work();
      expect(await shop.log(endpoint)).toMatchObject([
        { status: 'failed', attempts: [{ error: expect.stringContaining('not a public address') }] },
      ]);
    },
  );
});

describe('the answer of an endpoint', () => {
  const call = async (url: string, timeoutMs?: number) =>
    httpSender(publicDialer({ isPrivateAllowed: true }), timeoutMs).send({
      url,
      secrets: ['whsec_c2VjcmV0'],
      messageId: 'm',
      at: new Date('2026-03-01T12:00:00Z'),
      body: '{}',
    });

  it('is read up to 1 KiB, even if it never ends', async () => {
    const receiver = await openReceiver();
    receiver.answers((answer) => void answer.writeHead(200).write('\0'.repeat(3_000)));
    expect(await call(receiver.url)).toMatchObject({
      kind: 'answered',
      status: 200,
      text: '\uFFFD'.repeat(1_024),
    });
  });

  it('may ask for a pause in seconds or until a date', async () => {
    const receiver = await openReceiver();
    const asks = (retryAfter: string) =>
      receiver.answers((answer) => void answer.writeHead(503, { 'retry-after': retryAfter }).end());
    asks('90');
    expect(await call(receiver.url)).toMatchObject({ retryAfterMs: 90_000 });
    asks('Sun, 01 Mar 2026 13:00:00 GMT');
    expect(await call(receiver.url)).toMatchObject({ retryAfterMs: HOUR });
    for (const nonsense of ['-1', 'soon', 'Sun, 01 Mar 2026 11:00:00 GMT']) {
      asks(nonsense);
      expect(await call(receiver.url)).toMatchObject({ status: 503, retryAfterMs: undefined });
    }
  });

  it('that does not come in time is a failure', async () => {
    const receiver = await openReceiver();
    receiver.answers(() => undefined);
    expect(await call(receiver.url, 50)).toEqual({
      kind: 'unreachable',
      error: 'no response within 50 ms',
    });
  });

  it('that breaks off is a failure', async () => {
    const receiver = await openReceiver();
    receiver.answers((answer) => void answer.destroy());
    expect(await call(receiver.url)).toMatchObject({ kind: 'unreachable' });
  });
});

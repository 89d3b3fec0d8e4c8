import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { openTestService, type TestService } from '#test/kit/http.ts';
import { START } from '#test/kit/toolbox.ts';
import { memoryNotificationQueries } from '../adapters/memory/memory-notifications.ts';
import type { Suppression } from '../core/domain/suppression.ts';
import { notification } from '../main/module.ts';
import { anEvent, ORDER_ID } from './event.mother.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const API = 'https://api.shop.example';
const ADA = 'ada@example.com';
const SENDGRID = '/api/v1/notifications/feedback/sendgrid';
const seconds = START.getTime() / 1_000;

let service: TestService;

beforeEach(async () => {
  service = await openTestService('memory', notification, {
    env: {
      NOTIFICATION_API_URL: API,
      NOTIFICATION_SENDGRID_PUBLIC_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      NOTIFICATION_TWILIO_AUTH_TOKEN: 'secret',
    },
  });
});

const suppression = async (): Promise<Suppression | undefined> => {
  const { store } = service.toolbox;
  if (store.kind !== 'memory') throw new Error('not in memory');
  return memoryNotificationQueries(store.database).suppression(ADA);
};
const post = (events: readonly object[], changes: Readonly<Record<string, string>> = {}) => {
  const body = JSON.stringify(events);
  const timestamp = String(seconds);
  return service.send('POST', SENDGRID, {
    body,
    headers: {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + body),
        privateKey,
      ).toString('base64'),
      ...changes,
    },
  });
};
const bounce = { email: ADA, event: 'bounce', type: 'bounce', timestamp: seconds };

describe('SendGrid reports', () => {
  it('a bounce for good, which suppresses the address, however often it comes', async () => {
    expect((await post([bounce])).status).toBe(204);
    expect(await suppression()).toMatchObject({ email: ADA, reason: 'hard_bounce', version: 1 });
    await post([bounce, { ...bounce, event: 'spamreport' }]);
    expect(await suppression()).toMatchObject({ version: 1 });
  });

  it('other events, which do not', async () => {
    const events = [{ ...bounce, type: 'blocked' }, { ...bounce, event: 'open' }, { nonsense: true }];
    expect((await post(events)).status).toBe(204);
    expect(await suppression()).toBeUndefined();
  });

  it('only with its signature', async () => {
    const forged = { 'x-twilio-email-event-webhook-timestamp': String(seconds + 1) };
    expect((await post([bounce], forged)).body.code).toBe('UNAUTHENTICATED');
    expect((await post([bounce], { 'x-twilio-email-event-webhook-signature': 'bm8=' })).status).toBe(401);
    expect(service.toolbox.noted).toMatchObject([
      { event: 'authentication_refused' },
      { event: 'authentication_refused' },
    ]);
    expect(await suppression()).toBeUndefined();
  });

  it('what staff can undo, after which the same report has no effect', async () => {
    await post([bounce]);
    service.toolbox.clock.advance(DAY);
    const path = `/api/v1/notifications/suppressions/${encodeURIComponent(ADA.toUpperCase())}`;
    const token = await service.toolbox.tokenOf('staff', 'order_manager');
    expect((await service.send('DELETE', path, { token })).status).toBe(204);
    expect((await service.send('DELETE', path, { token })).body.code).toBe('NOT_SUPPRESSED');
    await post([bounce]);
    expect(await suppression()).toBeUndefined();
    await post([{ ...bounce, timestamp: seconds + 2 * 86_400 }]);
    expect(await suppression()).toMatchObject({ version: 3 });
  });
});

describe('Twilio reports', () => {
  const report = (form: Readonly<Record<string, string>>, secret = 'secret') => {
    const path = `/api/v1/notifications/feedback/twilio?id=${ORDER_ID}`;
    const text = Object.keys(form)
      .sort()
      .reduce((all, name) => all + name + (form[name] ?? ''), API + path);
    return service.send('POST', path, {
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', secret).update(text).digest('base64'),
      },
    });
  };

  it('what came of a text message, with its signature only', async () => {
    expect((await report({ MessageSid: 'SM1', MessageStatus: 'delivered' })).status).toBe(204);
    expect((await report({ MessageSid: 'SM1', MessageStatus: 'failed' }, 'guess')).status).toBe(401);
  });

  it('a message that did not arrive, which staff see as failed', async () => {
    const { store } = service.toolbox;
    if (store.kind !== 'memory') throw new Error('not in memory');
    const { event_id } = anEvent('order.placed');
    await store.database.transaction(async (tx) => {
      tx.table('notifications').put(ORDER_ID, { notificationId: ORDER_ID, status: 'sent', event_id });
      await Promise.resolve();
    });
    await report({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' });
    expect(await memoryNotificationQueries(store.database).find(ORDER_ID)).toMatchObject({
      status: 'failed',
      failure: 'Twilio undelivered 30005',
    });
  });
});

it('a provider that the shop does not use reports nothing', async () => {
  const { status } = await service.send('POST', '/api/v1/notifications/feedback/ses', {
    body: '{}',
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
  });
  expect(status).toBe(404);
});

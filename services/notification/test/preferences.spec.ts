import { beforeEach, describe, expect, it } from 'vitest';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { HOUR } from '#kernel/clock.ts';
import { openTestService, serve, type Answered, type TestService } from '#test/kit/http.ts';
import { makeUnsubscribeTokens } from '../adapters/security/unsubscribe-tokens.ts';
import type { MailKind } from '../core/domain/mail.ts';
import { notification } from '../main/module.ts';
import { anEvent, ORDER_ID } from './event.mother.ts';

const ADA = anEvent('order.placed').payload.customer.user_id;
const PATH = `/api/v1/users/${ADA}/notification-preferences`;
const VARIANT = '018f4e7a-8888-7000-8000-000000000001';
const INPUT = { locale: 'de', time_zone: 'Europe/Berlin', choices: [] };

/** The catalog sells one variant. */
const catalog: ServiceClient = ({ body }) => {
  const offer = { variant_id: VARIANT, sku: 'KET-RED', name: 'Kettle (Red)', price: 19.99, currency: 'EUR' };
  const isSold = JSON.stringify(body).includes(VARIANT);
  return Promise.resolve({ status: 200, body: { items: isSold ? [offer] : [] } });
};

let service: TestService;
let token: string;
let staff: string;

beforeEach(async () => {
  service = await openTestService('memory', notification, { clients: { catalog } });
  token = await service.toolbox.tokenOf(ADA, 'customer');
  staff = await service.toolbox.tokenOf('staff', 'order_manager');
});

const hear = async (event: Parameters<TestService['consumers'][number]['handle']>[0][number]) => {
  for (const consumer of service.consumers)
    if (consumer.topics.includes(event.event_type)) await consumer.handle([event]);
};
const isOn = async (kind: string): Promise<unknown> => {
  const { body } = await service.send('GET', PATH, { token });
  return body.choices.find(
    (one: { kind: string; channel: string }) => one.kind === kind && one.channel === 'email',
  ).is_on;
};

describe('preferences', () => {
  it('are stored, with a version', async () => {
    expect(await service.send('GET', PATH, { token })).toMatchObject({
      status: 200,
      body: { user_id: ADA, version: 0, locale: 'en', time_zone: 'UTC' },
    });
    const body = {
      ...INPUT,
      quiet_hours: { from: '22:00', to: '07:00' },
      phone_number: '+491701234567',
      push_tokens: ['device'],
      choices: [{ kind: 'cart.abandoned', channel: 'email', is_on: true }],
    };
    const put = await service.send('PUT', PATH, { token, body, headers: { 'if-match': '"0"' } });
    expect([put.status, put.headers.get('etag')]).toEqual([200, '"1"']);
    const { body: read } = await service.send('GET', PATH, { token });
    expect(read).toMatchObject({ ...body, is_phone_confirmed: false, choices: expect.anything() });
    expect(await isOn('cart.abandoned')).toBe(true);
    const stale = await service.send('PUT', PATH, { token, body, headers: { 'if-match': '"0"' } });
    expect([stale.status, stale.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
  });

  it('are those of the caller only', async () => {
    const other = await service.toolbox.tokenOf('018f4e7a-7777-7000-8000-00000000000f', 'admin');
    expect((await service.send('GET', PATH, { token: other })).status).toBe(403);
    expect((await service.send('PUT', PATH, { token: other, body: INPUT })).status).toBe(403);
    expect((await service.send('GET', PATH)).status).toBe(401);
  });

  it.each([
    { locale: 'tlh' },
    { quiet_hours: { from: '25:00', to: '07:00' } },
    { phone_number: '0170 1234567' },
    { push_tokens: Array.from({ length: 11 }, String) },
  ])('are refused with %j', async (changes) => {
    expect((await service.send('PUT', PATH, { token, body: { ...INPUT, ...changes } })).status).toBe(400);
  });

  it('decide about the language of mails', async () => {
    await service.send('PUT', PATH, { token, body: INPUT });
    await hear(anEvent('order.placed'));
    const { body } = await service.send('GET', `/api/v1/notifications?user_id=${ADA}`, { token: staff });
    expect(body.items).toMatchObject([
      { subject: 'Wir haben Ihre Bestellung erhalten', locale: 'de', user_id: ADA, channel: 'email' },
    ]);
  });

  it('let some mails wait for a digest', async () => {
    const choice = { kind: 'price.dropped', channel: 'email', is_on: true, frequency: 'daily' };
    const put = (choices: readonly object[]) =>
      service.send('PUT', PATH, { token, body: { ...INPUT, choices } });
    expect((await put([choice])).body.choices).toContainEqual({
      ...choice,
      category: 'marketing',
      can_change: true,
    });
    expect((await put([{ ...choice, kind: 'order.placed' }])).body.code).toBe('CANNOT_WAIT');
    expect((await put([{ ...choice, frequency: 'weekly' }])).status).toBe(400);
  });

  it('turn mails off that need not be sent', async () => {
    const choices = [{ kind: 'order.delivered', channel: 'email', is_on: false }];
    await service.send('PUT', PATH, { token, body: { ...INPUT, choices } });
    await hear(anEvent('order.delivered'));
    const { body } = await service.send('GET', `/api/v1/notifications?user_id=${ADA}`, { token: staff });
    expect(body.items).toEqual([]);
  });
});

describe('the link to unsubscribe', () => {
  const linkFor = (kind: MailKind): string => {
    const tokens = makeUnsubscribeTokens(derivedKey(service.toolbox.key, 'unsubscribe'));
    return `/api/v1/unsubscribe?token=${tokens.sign({ userId: ADA, kind })}`;
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const click = (path: string, body = 'List-Unsubscribe=One-Click') =>
    service.send('POST', path, { headers: form, body });

  it('changes nothing when it is opened, as scanners do', async () => {
    const { status, headers, body } = await service.send('GET', linkFor('stock.available'));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(String(body)).toContain('<form method="post">');
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await isOn('stock.available')).toBe(true);
  });

  it('ends mails of its kind, and no others, by one click without a login', async () => {
    expect((await click(linkFor('stock.available'))).status).toBe(200);
    expect((await click(linkFor('stock.available'))).status).toBe(200);
    expect([await isOn('stock.available'), await isOn('price.dropped')]).toEqual([false, true]);
  });

  it('in a digest ends all mails about watched products, and says so', async () => {
    const link = linkFor('alerts.digest');
    expect(String((await service.send('GET', link)).body)).toContain('No more mails about watched products');
    expect(String((await click(link)).body)).toContain('no more mails about watched products');
    expect([await isOn('stock.available'), await isOn('price.dropped')]).toEqual([false, false]);
    expect(await isOn('order.delivered')).toBe(true);
  });

  it('does not end mails that must be sent', async () => {
    await click(linkFor('order.placed'));
    await hear(anEvent('user.password_reset_requested'));
    await hear(anEvent('order.placed'));
    const { body } = await service.send('GET', '/api/v1/notifications', { token: staff });
    expect(body.items).toHaveLength(2);
  });

  it('does nothing with another body, or a token that was tampered with', async () => {
    expect((await click(linkFor('stock.available'), 'yes')).body.code).toBe('NOT_ONE_CLICK');
    expect((await click(`${linkFor('stock.available')}x`)).body.code).toBe('UNKNOWN_TOKEN');
    expect((await service.send('GET', '/api/v1/unsubscribe?token=x')).status).toBe(404);
    expect(await isOn('stock.available')).toBe(true);
  });
});

describe('a phone number', () => {
  it('is confirmed with a code from a text message, of which there are three a day', async () => {
    const texts: string[] = [];
    const { url } = await serve((request, response) => {
      let form = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (form += chunk));
      request.on('end', () => {
        texts.push(new URLSearchParams(form).get('Body') ?? '');
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"sid":"SM1"}');
      });
    });
    service = await openTestService('memory', notification, {
      env: {
        NOTIFICATION_SMS_PROVIDER: 'twilio',
        NOTIFICATION_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
        NOTIFICATION_TWILIO_AUTH_TOKEN: 'secret',
        NOTIFICATION_TWILIO_FROM: '+4930123456',
        NOTIFICATION_TWILIO_URL: url,
      },
    });
    token = await service.toolbox.tokenOf(ADA, 'customer');
    const path = `/api/v1/users/${ADA}/phone-confirmation`;
    const confirm = (code: string) => service.send('PUT', path, { token, body: { code } });
    expect((await service.send('POST', path, { token })).body.code).toBe('NO_CODE');
    await service.send('PUT', PATH, { token, body: { ...INPUT, phone_number: '+491701234567' } });
    for (let times = 0; times < 3; times += 1)
      expect((await service.send('POST', path, { token })).status).toBe(204);
    expect((await service.send('POST', path, { token })).body.code).toBe('NO_CODE');
    const code = /[0-9]{8}$/.exec(texts[0] ?? '')?.[0] ?? '';
    const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
    expect((await confirm(wrong)).body.code).toBe('WRONG_CODE');
    service.toolbox.clock.advance(HOUR);
    expect(await confirm(code)).toMatchObject({ status: 200, body: { is_phone_confirmed: true } });
    service.toolbox.clock.advance(HOUR);
    expect((await confirm(code)).body.code).toBe('WRONG_CODE');
  });
});

describe('a product', () => {
  const alerts = `/api/v1/users/${ADA}/product-alerts`;
  const watch = (variantId: string, body: object) =>
    service.send('PUT', `${alerts}/${variantId}`, { token, body });

  it('is watched for its stock, its price, or both', async () => {
    const { status, body } = await watch(VARIANT, { on_stock: true, on_price: true });
    const alert = { variant_id: VARIANT, sku: 'KET-RED', on_stock: true };
    expect([status, body]).toEqual([200, { ...alert, on_price: true, below: 19.99, currency: 'EUR' }]);
    await watch(VARIANT, { on_stock: true, on_price: false });
    expect((await service.send('GET', alerts, { token })).body.items).toEqual([
      { ...alert, on_price: false },
    ]);
    expect((await service.send('DELETE', `${alerts}/${VARIANT}`, { token })).status).toBe(204);
    expect((await service.send('GET', alerts, { token })).body.items).toEqual([]);
  });

  it('must be sold, and watched by the caller', async () => {
    expect((await watch(ORDER_ID, { on_stock: true, on_price: false })).body.code).toBe('NOT_SOLD');
    const other = await service.toolbox.tokenOf('018f4e7a-7777-7000-8000-00000000000f', 'customer');
    for (const [method, path] of [
      ['GET', alerts],
      ['DELETE', `${alerts}/${VARIANT}`],
    ] as const)
      expect((await service.send(method, path, { token: other })).status).toBe(403);
  });
});

describe('staff', () => {
  const list = async (query: string): Promise<Answered['body']> => {
    const { body } = await service.send('GET', `/api/v1/notifications?${query}`, { token: staff });
    return body;
  };

  it('find messages by what they know, page by page', async () => {
    await hear(anEvent('order.placed'));
    await hear(anEvent('order.delivered'));
    await hear(anEvent('user.email_verified'));
    expect((await list(`order_id=${ORDER_ID}`)).items).toHaveLength(2);
    expect((await list('kind=order.delivered')).items).toMatchObject([{ kind: 'order.delivered' }]);
    expect((await list('kind=order.unknown')).items).toEqual([]);
    expect((await list('status=failed')).items).toEqual([]);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${encodeURIComponent(first.next_cursor)}`);
    const ids = [...first.items, ...second.items].map(
      ({ notification_id }: { notification_id: string }) => notification_id,
    );
    expect(new Set(ids).size).toBe(3);
    expect(second.next_cursor).toBeUndefined();
    expect((await list('cursor=nonsense')).code).toBe('INVALID_CURSOR');
  });

  it('preview a mail with the data of a real one, and send it again', async () => {
    await hear(anEvent('order.placed'));
    const [sent] = (await list('')).items;
    const preview = await service.send(
      'GET',
      `/api/v1/notifications/${sent.notification_id}/preview?locale=de`,
      { token: staff },
    );
    expect(preview.body).toMatchObject({ subject: 'Wir haben Ihre Bestellung erhalten', locale: 'de' });
    expect(preview.body.text).toContain('1.099,43 EUR');
    const again = await service.send('POST', `/api/v1/notifications/${sent.notification_id}/resend`, {
      token: staff,
    });
    expect(again).toMatchObject({ status: 202, body: { kind: 'order.placed', status: 'pending' } });
    expect(again.body.notification_id).not.toBe(sent.notification_id);
    expect(await service.toolbox.stores.tasks.stuck(0, 9)).toHaveLength(2);
  });

  it('do not see what mails about accounts contained', async () => {
    await hear(anEvent('user.password_reset_requested'));
    const [sent] = (await list('')).items;
    const path = `/api/v1/notifications/${sent.notification_id}/resend`;
    expect((await service.send('POST', path, { token: staff })).body.code).toBe('NOT_KEPT');
    expect((await service.send('POST', path, { token })).status).toBe(403);
    const nowhere = `/api/v1/notifications/${ORDER_ID}/resend`;
    expect((await service.send('POST', nowhere, { token: staff })).body.code).toBe('NOTIFICATION_NOT_FOUND');
  });
});

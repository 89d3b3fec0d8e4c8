import { beforeEach, describe, expect, it } from 'vitest';
import type { Composition, ServiceModule, Worker } from '#adapters/service/module.ts';
import { openTestService, type TestService } from '#test/kit/http.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { memoryMailbox } from '../adapters/memory/memory-notifications.ts';
import type { KeptMail } from '../core/ports/mailbox.ts';
import { notification } from '../main/module.ts';
import { anEvent, ORDER_ID } from './event.mother.ts';

const NOBODY = '018f4e7a-9999-7000-8000-000000000001';

const mail = (number: number, changes: Partial<KeptMail> = {}): KeptMail => ({
  mailId: `018f4e7a-0000-7000-8000-00000000000${number}`,
  kind: 'user.registered',
  to: { email: 'ada@example.com', name: 'Ada <i>Lovelace</i>' },
  subject: `Subject <b>${number}</b>`,
  html: `<p>Mail ${number}</p>`,
  text: `Mail ${number}`,
  sentAt: new Date(`2026-03-01T12:00:0${number}Z`),
  ...changes,
});

let service: TestService;

/** A service whose mailbox holds the mails. */
const open = async (mails: readonly KeptMail[] = [], module: ServiceModule = notification): Promise<void> => {
  service = await openTestService('memory', module);
  const { store } = service.toolbox;
  if (store.kind !== 'memory') throw new Error('this test fills the memory store');
  for (const one of mails) await memoryMailbox(store.database).keep(one);
};

describe('the mailbox', () => {
  const bob = { email: 'bob+shop@example.com', name: 'Bob' };

  beforeEach(() => open([mail(1), mail(2, { to: bob }), mail(3)]));

  it('is listed on a page, newest first, without anything executable', async () => {
    const { status, headers, body } = await service.send('GET', '/dev/mailbox');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const page = String(body);
    expect([...page.matchAll(/Subject &lt;b&gt;(\d)/g)].map(([, number]) => number)).toEqual(['3', '2', '1']);
    expect(page).toContain('Ada &lt;i&gt;Lovelace&lt;/i&gt;');
    expect(page).toContain('href="/dev/mailbox/018f4e7a-0000-7000-8000-000000000003"');
    expect(page).toContain('/dev/mailbox?to=bob%2Bshop%40example.com');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('lists all mails if the filter is empty', async () => {
    const { status, body } = await service.send('GET', '/dev/mailbox?to=');
    expect(status).toBe(200);
    expect([...String(body).matchAll(/Subject &lt;b&gt;(\d)/g)]).toHaveLength(3);
  });

  it('is filtered by recipient, on the page and as JSON', async () => {
    const query = `to=${encodeURIComponent(' BOB+shop@example.com')}`;
    const { body: page } = await service.send('GET', `/dev/mailbox?${query}`);
    expect(String(page)).toContain('Subject &lt;b&gt;2');
    expect(String(page)).not.toContain('Subject &lt;b&gt;1');
    const { status, body } = await service.send('GET', `/dev/mailbox.json?${query}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          mail_id: mail(2).mailId,
          kind: 'user.registered',
          to: 'bob+shop@example.com',
          name: 'Bob',
          subject: 'Subject <b>2</b>',
          text: 'Mail 2',
          sent_at: '2026-03-01T12:00:02.000Z',
        },
      ],
    });
  });

  it('returns the requested number of mails', async () => {
    const { body } = await service.send('GET', '/dev/mailbox.json?limit=2');
    expect(body.items).toHaveLength(2);
    expect((await service.send('GET', '/dev/mailbox.json?limit=501')).status).toBe(400);
  });

  it('says that it is empty', async () => {
    const { body } = await service.send('GET', '/dev/mailbox?to=eve%22%3E@example.com');
    expect(String(body)).toContain('No mail to eve&quot;&gt;@example.com yet');
  });

  it('shows a mail in a sandbox', async () => {
    const { headers, body } = await service.send('GET', `/dev/mailbox/${mail(1).mailId}`);
    expect([headers.get('content-type'), body]).toEqual(['text/html; charset=utf-8', '<p>Mail 1</p>']);
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it('shows a mail as text', async () => {
    const { headers, body } = await service.send('GET', `/dev/mailbox/${mail(1).mailId}?format=text`);
    expect([headers.get('content-type'), body]).toEqual(['text/plain; charset=utf-8', 'Mail 1']);
  });

  it('does not find unknown mails', async () => {
    const { status, body } = await service.send('GET', `/dev/mailbox/${NOBODY}`);
    expect([status, body.code]).toEqual([404, 'MAIL_NOT_FOUND']);
  });
});

it('the mailbox does not exist in production', async () => {
  const inProduction: ServiceModule = {
    ...notification,
    compose: (toolbox) => notification.compose({ ...toolbox, profile: 'distributed' }),
  };
  await open([mail(1)], inProduction);
  for (const path of ['', '.json', `/${mail(1).mailId}`]) {
    const { status, body } = await service.send('GET', `/dev/mailbox${path}`);
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  }
});

describe('notifications', () => {
  const path = `/api/v1/notifications?order_id=${ORDER_ID}`;
  beforeEach(() => open());

  it('about an order are shown to order managers', async () => {
    const event = anEvent('order.placed');
    for (const consumer of service.consumers) await consumer.handle([event]);
    const token = await service.toolbox.tokenOf('staff', 'order_manager');
    expect(await service.send('GET', path, { token })).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            notification_id: event.event_id,
            kind: 'order.placed',
            order_id: ORDER_ID,
            recipient: 'ada@example.com',
            status: 'pending',
            created_at: '2026-03-01T12:00:00.000Z',
          },
        ],
      },
    });
  });

  it('are not shown to other users', async () => {
    expect((await service.send('GET', path)).status).toBe(401);
    const token = await service.toolbox.tokenOf('ada', 'customer', 'catalog_manager');
    expect((await service.send('GET', path, { token })).status).toBe(403);
  });
});

describe('configuration', () => {
  const compose = async (env: Record<string, string>): Promise<Composition> =>
    notification.compose(await openToolbox('memory', notification, { env }));

  it.each([
    ['NOTIFICATION_FROM', { NOTIFICATION_FROM: 'nobody' }],
    ['NOTIFICATION_SMTP_URL', { NOTIFICATION_SMTP_URL: 'mail.example.com' }],
    ['NOTIFICATION_SMTP_URL', { NOTIFICATION_SMTP_URL: 'https://mail.example.com' }],
    ['NOTIFICATION_SMTP_URL', { NOTIFICATION_EMAIL_PROVIDER: 'smtp' }],
    ['NOTIFICATION_EMAIL_PROVIDER', { NOTIFICATION_EMAIL_PROVIDER: 'pigeon' }],
    ['NOTIFICATION_SMS_PROVIDER', { NOTIFICATION_SMS_PROVIDER: 'pigeon' }],
    ['NOTIFICATION_SENDGRID_API_KEY', { NOTIFICATION_EMAIL_PROVIDER: 'sendgrid' }],
    [
      'NOTIFICATION_SES_SECRET_ACCESS_KEY',
      {
        NOTIFICATION_EMAIL_PROVIDER: 'ses',
        NOTIFICATION_SES_REGION: 'eu-central-1',
        NOTIFICATION_SES_ACCESS_KEY_ID: 'key',
      },
    ],
    [
      'NOTIFICATION_TWILIO_FROM',
      {
        NOTIFICATION_SMS_PROVIDER: 'twilio',
        NOTIFICATION_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
        NOTIFICATION_TWILIO_AUTH_TOKEN: 'secret',
      },
    ],
    [
      'NOTIFICATION_FCM_PRIVATE_KEY',
      {
        NOTIFICATION_PUSH_PROVIDER: 'fcm',
        NOTIFICATION_FCM_PROJECT_ID: 'shop',
        NOTIFICATION_FCM_CLIENT_EMAIL: 'shop@example.com',
        NOTIFICATION_FCM_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----',
      },
    ],
  ] as const)('is refused if %s is missing or invalid: %j', async (variable, env) => {
    await expect(compose(env)).rejects.toThrow(variable);
  });

  it('names the channels of the shop', async () => {
    const { workers = [] } = await compose({
      NOTIFICATION_EMAIL_PROVIDER: 'sendgrid',
      NOTIFICATION_SENDGRID_API_KEY: 'key',
      NOTIFICATION_SMS_PROVIDER: 'twilio',
      NOTIFICATION_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      NOTIFICATION_TWILIO_AUTH_TOKEN: 'secret',
      NOTIFICATION_TWILIO_FROM: '+4930123456',
    });
    const kinds = workers.map(({ kind }: Worker) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['send-letter', 'send-sms']));
    expect(kinds).not.toContain('send-push');
  });

  it('may name a mail server, whose connections end with the service', async () => {
    await open();
    const { workers = [], attachments = [] } = await compose({ NOTIFICATION_SMTP_URL: 'smtp://localhost:1' });
    expect(workers.map(({ kind }: Worker) => kind)).toContain('send-letter');
    for (const attachment of attachments) {
      await attachment.start();
      await attachment.stop();
    }
  });
});

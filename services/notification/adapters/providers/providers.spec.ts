import { createHash, createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { jwtVerify } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, ManualClock, SECOND } from '#kernel/clock.ts';
import { RetryLater } from '#kernel/tasks.ts';
import { serve } from '#test/kit/http.ts';
import type { Channel, OutgoingMail, ShortMessage } from '../../core/ports/mailer.ts';
import { signedForAws } from './aws-signature.ts';
import { fcmPush } from './fcm.ts';
import { NotTakenNow, retryAfterMs } from './provider-call.ts';
import { sendGridMailer } from './sendgrid.ts';
import { sesMailer } from './ses.ts';
import { twilioSms } from './twilio.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SENDER = { name: 'The Shop', address: 'no-reply@shop.example', domain: 'shop.example' };
const MAIL: OutgoingMail = {
  mailId: '018f4e7a-5555-7000-8000-000000000001',
  kind: 'stock.available',
  to: { email: 'ada@example.com', name: 'Ada Lovelace' },
  subject: 'Wieder verfügbar',
  html: '<p>Hello</p>',
  text: 'Hello',
  unsubscribeUrl: 'https://api.shop.example/api/v1/unsubscribe?token=t',
};
const SHORT: ShortMessage = {
  messageId: MAIL.mailId,
  to: '+491701234567',
  title: 'The Shop',
  text: 'Your order is on its way.',
};
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const SID = `AC${'0'.repeat(32)}`;

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers as the providers document it; a test can change the answer to the next requests. */
let received: Received[];
let next: Answer | undefined;
let base: string;
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const ANSWERS: readonly (readonly [path: RegExp, answer: Answer])[] = [
  [/outbound-emails$/, { status: 200, body: { MessageId: 'ses-1' } }],
  [/mail\/send$/, { status: 202, headers: { 'x-message-id': 'sendgrid-1' } }],
  [/Messages.json$/, { status: 201, body: { sid: 'SM1', status: 'queued', error_code: null } }],
  [/token$/, { status: 200, body: { access_token: 'ya29', expires_in: 3_599, token_type: 'Bearer' } }],
  [/messages:send$/, { status: 200, body: { name: 'projects/shop/messages/1' } }],
];

beforeAll(async () => {
  const served = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ url, headers, body });
      const usual = ANSWERS.find(([path]) => path.test(url))?.[1] ?? { status: 404 };
      const answer = url === '/token' ? usual : (next ?? usual);
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
  base = served.url;
});
beforeEach(() => {
  [received, next] = [[], undefined];
});

const lastBody = (): unknown => JSON.parse(received.at(-1)?.body ?? '');

interface Provider {
  readonly name: string;
  readonly deliver: () => ReturnType<Channel<unknown>['deliver']>;
}

const ses = () =>
  sesMailer({ region: 'eu-central-1', credentials: CREDENTIALS, url: base }, SENDER, new ManualClock(NOW));
const sendGrid = () => sendGridMailer({ apiKey: 'SG.key', url: base }, SENDER);
const twilio = () => twilioSms({ accountSid: SID, authToken: 'secret', from: '+4930123456', url: base });
const clock = new ManualClock(NOW);
const fcm = () =>
  fcmPush(
    {
      projectId: 'shop',
      clientEmail: 'shop@example.com',
      privateKey,
      tokenUrl: `${base}/token`,
      url: base,
    },
    clock,
  );
const PROVIDERS: readonly Provider[] = [
  { name: 'SES', deliver: () => ses().deliver(MAIL) },
  { name: 'SendGrid', deliver: () => sendGrid().deliver(MAIL) },
  { name: 'Twilio', deliver: () => twilio().deliver(SHORT) },
  { name: 'FCM', deliver: async () => (await fcm()).deliver({ ...SHORT, to: 'device' }) },
];

describe.each(PROVIDERS)('$name', ({ name, deliver }) => {
  it('accepts a message, and names it', async () => {
    expect(await deliver()).toMatchObject({ status: 'sent', providerId: expect.stringMatching(/1$/) });
  });

  it.each([500, 503, 401, 403, 302])('may accept it later after %i', async (status) => {
    next = { status, headers: { location: `${base}/elsewhere` } };
    await expect(deliver()).rejects.toThrow(NotTakenNow);
    expect(received.some(({ url }) => url === '/elsewhere')).toBe(false);
  });

  it('says when to try again', async () => {
    next = { status: 429, headers: { 'retry-after': '30' } };
    const error: unknown = await deliver().catch((reason: unknown) => reason);
    expect(error).toEqual(new RetryLater(`${name} 429`, 30 * SECOND));
  });

  it('names no recipient in an error', async () => {
    next = { status: 500, body: { message: `${MAIL.to.email} ${SHORT.to}` } };
    const error: unknown = await deliver().catch((reason: unknown) => reason);
    expect(String(error)).not.toMatch(/ada@|4917/);
  });
});

describe('an answer', () => {
  it.each([
    [{ 'retry-after': '7' }, 7 * SECOND],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }, 9 * SECOND],
    [{ 'x-ratelimit-reset': String(NOW.getTime() / SECOND + 5) }, 5 * SECOND],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('with %j says when to try again', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), NOW.getTime())).toBe(expected);
  });
});

describe('SES', () => {
  it('gets the mail with the headers to unsubscribe, signed', async () => {
    await ses().deliver(MAIL);
    expect(lastBody()).toMatchObject({
      FromEmailAddress: '"The Shop" <no-reply@shop.example>',
      Destination: { ToAddresses: ['ada@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Wieder verfügbar' },
          Headers: expect.arrayContaining([
            { Name: 'List-Unsubscribe', Value: `<${MAIL.unsubscribeUrl}>` },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ]),
        },
      },
    });
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    const hash = createHash('sha256').update(body).digest('hex');
    const request = `POST\n/v2/email/outbound-emails\n\ncontent-type:application/json\nhost:${headers.host}\nx-amz-date:20260301T120000Z\n\ncontent-type;host;x-amz-date\n${hash}`;
    const scope = '20260301/eu-central-1/ses/aws4_request';
    const text = `AWS4-HMAC-SHA256\n20260301T120000Z\n${scope}\n${createHash('sha256').update(request).digest('hex')}`;
    let key: string | Buffer = `AWS4${CREDENTIALS.secretAccessKey}`;
    for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
    expect(headers.authorization).toContain(
      `Signature=${createHmac('sha256', key).update(text).digest('hex')}`,
    );
  });

  it('is called with signatures like the example of AWS', () => {
    const { authorization } = signedForAws(
      { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, body: '' },
      CREDENTIALS,
      'us-east-1',
      'service',
      new Date('2015-08-30T12:36:00Z'),
    );
    expect(authorization).toMatch(/5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31$/);
  });

  it('refuses a message for good, unless the account is the reason', async () => {
    const refusing = (type: string) => {
      next = { status: 400, headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/` } };
      return ses().deliver(MAIL);
    };
    expect(await refusing('MessageRejected')).toEqual({
      status: 'failed',
      failure: 'SES 400 MessageRejected',
    });
    await expect(refusing('SendingPausedException')).rejects.toThrow(NotTakenNow);
  });
});

describe('SendGrid', () => {
  it('gets the mail with the headers to unsubscribe, and rewrites no links', async () => {
    await sendGrid().deliver(MAIL);
    expect(received[0]?.headers.authorization).toBe('Bearer SG.key');
    expect(lastBody()).toMatchObject({
      personalizations: [{ to: [{ email: 'ada@example.com', name: 'Ada Lovelace' }] }],
      from: { email: 'no-reply@shop.example' },
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      tracking_settings: { click_tracking: { enable: false } },
    });
  });

  it('refuses a message for good', async () => {
    next = { status: 400, body: { errors: [{ message: 'Does not contain a valid address.' }] } };
    expect(await sendGrid().deliver(MAIL)).toEqual({ status: 'failed', failure: 'SendGrid 400' });
  });
});

describe('Twilio', () => {
  it('gets a form with the sender', async () => {
    await twilio().deliver(SHORT);
    expect(Object.fromEntries(new URLSearchParams(received[0]?.body))).toEqual({
      To: '+491701234567',
      From: '+4930123456',
      Body: 'The Shop: Your order is on its way.',
    });
    expect(received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${SID}:secret`).toString('base64')}`,
    );
  });

  it.each([
    [21_211, 'failed', 'Twilio 400 21211'],
    [21_610, 'suppressed', 'the recipient has stopped messages'],
  ])('refuses a message for good with code %i', async (code, status, failure) => {
    next = { status: 400, body: { code, message: 'no', status: 400 } };
    expect(await twilio().deliver(SHORT)).toEqual({ status, failure });
  });
});

describe('FCM', () => {
  it('gets messages with an access token that is used until it expires', async () => {
    const push = await fcm();
    await push.deliver({ ...SHORT, to: 'device' });
    await push.deliver({ ...SHORT, to: 'device' });
    clock.advance(HOUR);
    await push.deliver({ ...SHORT, to: 'device' });
    expect(received.map(({ url }) => url)).toEqual([
      '/token',
      '/v1/projects/shop/messages:send',
      '/v1/projects/shop/messages:send',
      '/token',
      '/v1/projects/shop/messages:send',
    ]);
    expect(received[1]?.headers.authorization).toBe('Bearer ya29');
    const assertion = new URLSearchParams(received[0]?.body).get('assertion') ?? '';
    const { payload } = await jwtVerify(assertion, createPublicKey(publicKey), { currentDate: NOW });
    expect(payload).toMatchObject({
      iss: 'shop@example.com',
      aud: `${base}/token`,
      scope: expect.any(String),
    });
  });

  it('takes a new access token after a rejected one', async () => {
    const push = await fcm();
    next = { status: 401 };
    await expect(push.deliver(SHORT)).rejects.toThrow(NotTakenNow);
    next = undefined;
    await push.deliver(SHORT);
    expect(received.filter(({ url }) => url === '/token')).toHaveLength(2);
  });

  const GONE = { status: 'suppressed', failure: 'the device is gone', isAddressGone: true };
  const error = (code: string, ...details: readonly object[]) => [
    { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: code },
    ...details,
  ];
  const violation = (field: string) => ({
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{ field, description: 'Invalid value' }],
  });
  const invalid = { status: 'failed', failure: 'FCM 400 INVALID_ARGUMENT' };

  it.each([
    ['an unknown device', 404, { details: error('UNREGISTERED') }, GONE],
    ['an invalid token', 400, { details: error('INVALID_ARGUMENT', violation('message.token')) }, GONE],
    [
      'a token that is none',
      400,
      {
        message: 'The registration token is not a valid FCM registration token',
        details: error('INVALID_ARGUMENT'),
      },
      GONE,
    ],
    ['another field', 400, { details: error('INVALID_ARGUMENT', violation('message.android')) }, invalid],
    ['the message', 400, { message: 'Invalid JSON payload', details: error('INVALID_ARGUMENT') }, invalid],
    [
      'a wrong project',
      404,
      { message: 'Requested entity was not found.' },
      { status: 'failed', failure: 'FCM 404' },
    ],
  ])('refuses a message for good because of %s', async (_, status, answer, outcome) => {
    next = { status, body: { error: { code: status, ...answer } } };
    expect(await (await fcm()).deliver(SHORT)).toEqual(outcome);
  });
});

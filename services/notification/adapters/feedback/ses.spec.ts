import { createSign, generateKeyPairSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generate } from 'selfsigned';
import { ManualClock } from '#kernel/clock.ts';
import { makeSesFeedback } from './ses.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:feedback';
const HOST = 'https://sns.eu-central-1.amazonaws.com';
const CERTIFICATE = `${HOST}/SimpleNotificationService-0123abcd.pem`;
const AT = '2026-03-01T12:00:00.000Z';
const BOUNCE = {
  notificationType: 'Bounce',
  bounce: {
    bounceType: 'Permanent',
    bouncedRecipients: [{ emailAddress: 'ada@example.com' }],
    timestamp: AT,
    feedbackId: 'f-1',
  },
  mail: { messageId: 'ses-1', tags: { notification_id: ['018f4e7a-5555-7000-8000-000000000001'] } },
};

let pair: { readonly private: string; readonly cert: string };
let read: string[];
let take: ReturnType<typeof makeSesFeedback>;

beforeAll(async () => {
  pair = await generate([{ name: 'commonName', value: 'sns.amazonaws.com' }], {
    notBeforeDate: new Date('2026-01-01'),
    notAfterDate: new Date('2027-01-01'),
  });
});
beforeEach(() => {
  read = [];
  take = makeSesFeedback({
    topicArn: TOPIC,
    clock: new ManualClock(new Date(AT)),
    read: (url) => {
      read.push(url);
      return Promise.resolve(pair.cert);
    },
  });
});

/** A message as SNS signs and posts it. */
const posted = (
  changes: Readonly<Record<string, string>> = {},
  { key = pair.private, after = {} }: { readonly key?: string; readonly after?: object } = {},
): string => {
  const message: Readonly<Record<string, string>> = {
    Type: 'Notification',
    MessageId: 'sns-1',
    TopicArn: TOPIC,
    Message: JSON.stringify(BOUNCE),
    Timestamp: AT,
    SignatureVersion: '2',
    SigningCertURL: CERTIFICATE,
    ...changes,
  };
  const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names
    .flatMap((name) => (message[name] === undefined ? [] : `${name}\n${message[name]}\n`))
    .join('');
  const algorithm = message['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  const Signature = createSign(algorithm).update(text).sign(key, 'base64');
  return JSON.stringify({ ...message, Signature, ...after });
};

describe('what SES reports', () => {
  it.each(['1', '2'])('is read if SNS signed it, version %s', async (SignatureVersion) => {
    expect(await take(posted({ SignatureVersion, Subject: 'Bounce' }))).toEqual([
      {
        at: AT,
        notificationId: '018f4e7a-5555-7000-8000-000000000001',
        suppress: { email: 'ada@example.com', reason: 'hard_bounce' },
        failure: 'hard_bounce',
      },
    ]);
    await take(posted());
    expect(read).toEqual([CERTIFICATE]);
  });

  it('suppresses after complaints, but not after passing troubles', async () => {
    const complaint = {
      eventType: 'Complaint',
      complaint: { complainedRecipients: [{ emailAddress: 'Ada <ada@example.com>' }], timestamp: AT },
    };
    const soft = { ...BOUNCE, bounce: { ...BOUNCE.bounce, bounceType: 'Transient' } };
    expect(await take(posted({ Message: JSON.stringify(complaint) }))).toEqual([
      { at: AT, suppress: { email: 'ada@example.com', reason: 'complaint' } },
    ]);
    expect(await take(posted({ Message: JSON.stringify(soft) }))).toEqual([]);
  });

  it('includes the request to confirm the subscription', async () => {
    const SubscribeURL = `${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t`;
    expect(await take(posted({ Type: 'SubscriptionConfirmation', SubscribeURL, Token: 't' }))).toEqual([]);
    expect(read).toEqual([CERTIFICATE, SubscribeURL]);
  });

  it.each([
    ['of the topic of another AWS customer', { TopicArn: `${TOPIC}s` }],
    [
      'with a certificate from elsewhere',
      { SigningCertURL: 'https://evil.example/SimpleNotificationService-1.pem' },
    ],
    [
      'with a certificate from another host of AWS',
      { SigningCertURL: 'https://s3.amazonaws.com/SimpleNotificationService-1.pem' },
    ],
    [
      'with a certificate at a host that looks similar',
      { SigningCertURL: `${HOST}.evil.example/SimpleNotificationService-1.pem` },
    ],
    ['with a certificate that is not encrypted', { SigningCertURL: CERTIFICATE.replace('https', 'http') }],
    ['with another page of SNS as certificate', { SigningCertURL: `${HOST}/?Action=Anything` }],
  ])('is not believed %s', async (_, changes) => {
    expect(await take(posted(changes))).toBeUndefined();
    expect(read).toEqual([]);
  });

  it('is not believed if it is forged or broken', async () => {
    const other = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    expect(await take(posted({}, { key: other.privateKey }))).toBeUndefined();
    expect(await take(posted({}, { after: { Message: '{}' } }))).toBeUndefined();
    for (const body of ['', '{', '[]', '{"Type":"Notification"}']) expect(await take(body)).toBeUndefined();
  });
});

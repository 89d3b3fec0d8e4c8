import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#kernel/clock.ts';
import type { Feedback } from '../../core/domain/suppression.ts';

/** A message of Amazon SNS, as posted. */
const MESSAGE = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});
type Message = z.infer<typeof MESSAGE>;

/** What is signed, in this order. */
const SIGNED: Readonly<Record<Message['Type'], readonly (keyof Message)[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

const recipients = z.array(z.object({ emailAddress: z.string() }));
/** Of an event destination, or of a notification of an identity. */
const EVENT = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  bounce: z
    .object({
      bounceType: z.string(),
      bouncedRecipients: recipients,
      timestamp: z.iso.datetime(),
    })
    .optional(),
  complaint: z
    .object({
      complainedRecipients: recipients,
      complaintFeedbackType: z.string().nullish(),
      timestamp: z.iso.datetime(),
    })
    .optional(),
  mail: z
    .object({ tags: z.object({ notification_id: z.array(z.string()).optional() }).optional() })
    .optional(),
});

export interface SesFeedbackSettings {
  /** The only topic that is believed: any AWS customer can have SNS sign messages of a topic of theirs. */
  readonly topicArn: string;
  readonly clock: Clock;
  /** Reads a page of SNS. */
  readonly read: (url: string) => Promise<string>;
}

const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-zA-Z]{1,64}\.pem$/;

const addressesIn = (list: z.infer<typeof recipients>): readonly string[] =>
  list.map(({ emailAddress }) => /<(?<email>[^<>]+)>$/.exec(emailAddress)?.groups?.['email'] ?? emailAddress);

const reportsOf = (text: string): readonly Feedback[] => {
  const event = EVENT.safeParse(JSON.parse(text)).data;
  const notificationId = event?.mail?.tags?.notification_id?.[0];
  if (event?.bounce?.bounceType === 'Permanent') {
    const { bouncedRecipients, timestamp: at } = event.bounce;
    return addressesIn(bouncedRecipients).map((email) => ({
      at,
      notificationId,
      suppress: { email, reason: 'hard_bounce' },
      failure: 'hard_bounce',
    }));
  }
  if (event?.complaint && event.complaint.complaintFeedbackType !== 'not-spam') {
    const { complainedRecipients, timestamp: at } = event.complaint;
    return addressesIn(complainedRecipients).map((email) => ({
      at,
      suppress: { email, reason: 'complaint' },
    }));
  }
  return [];
};

/**
 * Reads what SES reports by SNS.
 * @returns undefined for a message that SNS did not sign for the topic of this shop
 */
export const makeSesFeedback = ({ topicArn, clock, read }: SesFeedbackSettings) => {
  const host = `sns.${topicArn.split(':')[3] ?? ''}.amazonaws.com`;
  const certificates = new Map<string, X509Certificate>();

  const isOfSns = (address: string | undefined, path: RegExp): boolean => {
    const url = address === undefined ? null : URL.parse(address);
    return url?.protocol === 'https:' && url.host === host && url.username === '' && path.test(url.pathname);
  };
  const certificateAt = async (url: string): Promise<X509Certificate> => {
    const known = certificates.get(url) ?? new X509Certificate(await read(url));
    certificates.clear(); // one is in use at a time
    certificates.set(url, known);
    return known;
  };
  const isSigned = async (message: Message): Promise<boolean> => {
    if (message.TopicArn !== topicArn || !isOfSns(message.SigningCertURL, CERTIFICATE)) return false;
    const certificate = await certificateAt(message.SigningCertURL);
    const now = clock.now().getTime();
    if (Date.parse(certificate.validTo) < now || Date.parse(certificate.validFrom) > now) return false;
    const text = SIGNED[message.Type]
      .flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`]))
      .join('');
    return createVerify(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
      .update(text)
      .verify(certificate.publicKey, message.Signature, 'base64');
  };
  return async (body: string): Promise<readonly Feedback[] | undefined> => {
    const message = parsed(body);
    if (!message || !(await isSigned(message))) return undefined;
    if (message.Type === 'SubscriptionConfirmation' && isOfSns(message.SubscribeURL, /^\/$/))
      await read(message.SubscribeURL ?? '');
    return message.Type === 'Notification' ? reportsOf(message.Message) : [];
  };
};

const parsed = (body: string): Message | undefined => {
  try {
    return MESSAGE.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

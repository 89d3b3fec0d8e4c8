import { z } from 'zod';
import { InvalidConfig, readConfig } from '#adapters/service/config.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { mailboxMailer } from '../adapters/mail/mailbox-mailer.ts';
import { smtpMailer } from '../adapters/mail/smtp-mailer.ts';
import { fcmPush } from '../adapters/providers/fcm.ts';
import { sendGridMailer } from '../adapters/providers/sendgrid.ts';
import { sesMailer } from '../adapters/providers/ses.ts';
import { twilioSms } from '../adapters/providers/twilio.ts';
import type { Mailbox } from '../core/ports/mailbox.ts';
import type { Channel, Mailer, ShortMessage } from '../core/ports/mailer.ts';
import type { NotificationConfig } from './config.ts';

export interface Channels {
  readonly email: Mailer;
  readonly sms?: Channel<ShortMessage> | undefined;
  readonly push?: Channel<ShortMessage> | undefined;
  readonly close: () => void;
}

/** Where Twilio reports what came of a message. */
export const TWILIO_FEEDBACK = '/api/v1/notifications/feedback/twilio';

const secret = z.string().min(1);
const url = (otherwise: string) => z.url({ protocol: /^https?$/ }).default(otherwise);
/** PEM in one line, as environment variables hold it. */
const pem = secret
  .transform((text) => text.replaceAll(String.raw`\n`, '\n'))
  .refine((text) => text.includes('PRIVATE KEY'), 'is not a private key in PEM');

interface Tools {
  readonly toolbox: Toolbox;
  readonly config: NotificationConfig;
  readonly mailbox: Mailbox;
}

type Open<T> = (tools: Tools) => Promise<{ readonly channel: T; readonly close?: () => void }>;

/** How mails leave, by provider; each reads its own settings, and fails if they are incomplete. */
const EMAIL = {
  mailbox: ({ toolbox, mailbox }) => Promise.resolve({ channel: mailboxMailer(mailbox, toolbox.clock) }),
  smtp: async ({ toolbox: { env }, config: { NOTIFICATION_FROM: sender } }) => {
    const smtp = readConfig(
      {
        NOTIFICATION_SMTP_URL: z.url({ protocol: /^smtps?$/ }),
        NOTIFICATION_DKIM_SELECTOR: secret.optional(),
      },
      env,
    );
    const selector = smtp.NOTIFICATION_DKIM_SELECTOR;
    const dkim =
      selector === undefined
        ? undefined
        : { selector, privateKey: readConfig({ NOTIFICATION_DKIM_KEY: pem }, env).NOTIFICATION_DKIM_KEY };
    const channel = await smtpMailer(smtp.NOTIFICATION_SMTP_URL, sender, { dkim });
    return { channel, close: () => channel.close() };
  },
  ses: ({ toolbox: { env, clock }, config: { NOTIFICATION_FROM: sender } }) => {
    const ses = readConfig(
      {
        NOTIFICATION_SES_REGION: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
        NOTIFICATION_SES_ACCESS_KEY_ID: secret,
        NOTIFICATION_SES_SECRET_ACCESS_KEY: secret,
        NOTIFICATION_SES_CONFIGURATION_SET: secret.optional(),
        NOTIFICATION_SES_URL: z.url().optional(),
      },
      env,
    );
    const region = ses.NOTIFICATION_SES_REGION;
    const settings = {
      region,
      url: ses.NOTIFICATION_SES_URL ?? `https://email.${region}.amazonaws.com`,
      configurationSet: ses.NOTIFICATION_SES_CONFIGURATION_SET,
      credentials: {
        accessKeyId: ses.NOTIFICATION_SES_ACCESS_KEY_ID,
        secretAccessKey: ses.NOTIFICATION_SES_SECRET_ACCESS_KEY,
      },
    };
    return Promise.resolve({ channel: sesMailer(settings, sender, clock) });
  },
  sendgrid: ({ toolbox: { env }, config: { NOTIFICATION_FROM: sender } }) => {
    const sendgrid = readConfig(
      { NOTIFICATION_SENDGRID_API_KEY: secret, NOTIFICATION_SENDGRID_URL: url('https://api.sendgrid.com') },
      env,
    );
    const settings = {
      apiKey: sendgrid.NOTIFICATION_SENDGRID_API_KEY,
      url: sendgrid.NOTIFICATION_SENDGRID_URL,
    };
    return Promise.resolve({ channel: sendGridMailer(settings, sender) });
  },
} as const satisfies Readonly<Record<string, Open<Mailer>>>;

const SMS = {
  none: () => Promise.resolve({ channel: undefined }),
  twilio: ({ toolbox: { env }, config: { NOTIFICATION_API_URL: api } }) => {
    const twilio = readConfig(
      {
        NOTIFICATION_TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/),
        NOTIFICATION_TWILIO_AUTH_TOKEN: secret,
        NOTIFICATION_TWILIO_FROM: z.string().regex(/^([+][1-9]\d{6,14}|MG[0-9a-f]{32})$/),
        NOTIFICATION_TWILIO_URL: url('https://api.twilio.com'),
      },
      env,
    );
    const settings = {
      accountSid: twilio.NOTIFICATION_TWILIO_ACCOUNT_SID,
      authToken: twilio.NOTIFICATION_TWILIO_AUTH_TOKEN,
      from: twilio.NOTIFICATION_TWILIO_FROM,
      url: twilio.NOTIFICATION_TWILIO_URL,
      statusUrl: api === undefined ? undefined : `${api}${TWILIO_FEEDBACK}`,
    };
    return Promise.resolve({ channel: twilioSms(settings) });
  },
} as const satisfies Readonly<Record<string, Open<Channel<ShortMessage> | undefined>>>;

const PUSH = {
  none: () => Promise.resolve({ channel: undefined }),
  fcm: async ({ toolbox: { env, clock } }) => {
    const fcm = readConfig(
      {
        NOTIFICATION_FCM_PROJECT_ID: secret,
        NOTIFICATION_FCM_CLIENT_EMAIL: z.email(),
        NOTIFICATION_FCM_PRIVATE_KEY: pem,
        NOTIFICATION_FCM_TOKEN_URL: url('https://oauth2.googleapis.com/token'),
        NOTIFICATION_FCM_URL: url('https://fcm.googleapis.com'),
      },
      env,
    );
    const settings = {
      projectId: fcm.NOTIFICATION_FCM_PROJECT_ID,
      clientEmail: fcm.NOTIFICATION_FCM_CLIENT_EMAIL,
      privateKey: fcm.NOTIFICATION_FCM_PRIVATE_KEY,
      tokenUrl: fcm.NOTIFICATION_FCM_TOKEN_URL,
      url: fcm.NOTIFICATION_FCM_URL,
    };
    try {
      return { channel: await fcmPush(settings, clock) };
    } catch {
      throw new InvalidConfig(['NOTIFICATION_FCM_PRIVATE_KEY: is not an RSA key in PKCS 8']);
    }
  },
} as const satisfies Readonly<Record<string, Open<Channel<ShortMessage> | undefined>>>;

const oneOf = <T extends string>(table: Readonly<Record<T, unknown>>) =>
  z.enum(Object.keys(table) as [T, ...T[]]); // the keys of the table

/** The channels that the settings name; throws `InvalidConfig` for an unknown provider, or one whose settings are incomplete. */
export const openChannels = async (
  toolbox: Toolbox,
  config: NotificationConfig,
  mailbox: Mailbox,
): Promise<Channels> => {
  const { env, profile, logger } = toolbox;
  const chosen = readConfig(
    {
      NOTIFICATION_EMAIL_PROVIDER: oneOf(EMAIL).default(
        env['NOTIFICATION_SMTP_URL'] === undefined ? 'mailbox' : 'smtp',
      ),
      NOTIFICATION_SMS_PROVIDER: oneOf(SMS).default('none'),
      NOTIFICATION_PUSH_PROVIDER: oneOf(PUSH).default('none'),
    },
    env,
  );
  if (profile === 'distributed' && chosen.NOTIFICATION_EMAIL_PROVIDER === 'mailbox')
    logger.warn('NOTIFICATION_EMAIL_PROVIDER is not set: mails are kept, not sent');
  const tools = { toolbox, config, mailbox };
  const openEmail: Open<Mailer> = EMAIL[chosen.NOTIFICATION_EMAIL_PROVIDER];
  const openSms: Open<Channel<ShortMessage> | undefined> = SMS[chosen.NOTIFICATION_SMS_PROVIDER];
  const openPush: Open<Channel<ShortMessage> | undefined> = PUSH[chosen.NOTIFICATION_PUSH_PROVIDER];
  const { channel: sms } = await openSms(tools);
  const { channel: push } = await openPush(tools);
  const { channel: email, close = () => undefined } = await openEmail(tools);
  return { email, sms, push, close };
};

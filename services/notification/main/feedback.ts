import { z } from 'zod';
import { InvalidConfig, readConfig } from '#adapters/service/config.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { SECOND } from '#kernel/clock.ts';
import { makeSendGridFeedback } from '../adapters/feedback/sendgrid.ts';
import { makeSesFeedback } from '../adapters/feedback/ses.ts';
import { makeTwilioFeedback } from '../adapters/feedback/twilio.ts';
import type { FeedbackReaders } from '../adapters/http/feedback.ts';
import { TWILIO_FEEDBACK } from './channels.ts';
import type { NotificationConfig } from './config.ts';

/** Certificates and confirmations of SNS are small; bytes. */
const MOST_BYTES = 64 * 1_024;

const readPage = async (url: string): Promise<string> => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5 * SECOND) });
  const text = await response.text();
  if (!response.ok || text.length > MOST_BYTES) throw new Error(`SNS responded with ${response.status}`);
  return text;
};

const SETTINGS = {
  /** The topic to which SES publishes bounces and complaints. */
  NOTIFICATION_SES_TOPIC_ARN: z
    .string()
    .regex(/^arn:aws:sns:[a-z0-9-]{1,30}:\d{12}:[\w-]{1,256}$/)
    .optional(),
  NOTIFICATION_SENDGRID_PUBLIC_KEY: z.string().min(1).optional(),
  NOTIFICATION_TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
};

/** The providers whose reports are taken: those with settings to verify their signatures. */
export const openFeedback = (
  { env, clock }: Pick<Toolbox, 'env' | 'clock'>,
  { NOTIFICATION_API_URL: api }: NotificationConfig,
  read: (url: string) => Promise<string> = readPage,
): FeedbackReaders => {
  const settings = readConfig(SETTINGS, env);
  const { NOTIFICATION_SES_TOPIC_ARN: topicArn, NOTIFICATION_SENDGRID_PUBLIC_KEY: publicKey } = settings;
  const authToken = settings.NOTIFICATION_TWILIO_AUTH_TOKEN;
  try {
    return {
      ses: topicArn === undefined ? undefined : makeSesFeedback({ topicArn, clock, read }),
      sendgrid: publicKey === undefined ? undefined : makeSendGridFeedback(publicKey),
      twilio:
        authToken === undefined || api === undefined
          ? undefined
          : makeTwilioFeedback(authToken, `${api}${TWILIO_FEEDBACK}`, clock),
    };
  } catch {
    throw new InvalidConfig(['NOTIFICATION_SENDGRID_PUBLIC_KEY: is not a public key']);
  }
};

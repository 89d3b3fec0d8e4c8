import type { Clock } from '#kernel/clock.ts';
import type { Mailer } from '../../core/ports/mailer.ts';
import { headersOf } from '../mail/headers.ts';
import type { Sender } from '../mail/sender.ts';
import { signedForAws, type AwsCredentials } from './aws-signature.ts';
import { idIn, isAccepted, NotTakenNow, post } from './provider-call.ts';

export interface SesSettings {
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Base URL of the API. */
  readonly url: string;
  /** Its event destination reports bounces and complaints. */
  readonly configurationSet?: string | undefined;
}

/** Errors about the message; others are about the account, and may be gone later. */
const ABOUT_THE_MAIL = ['MessageRejected', 'BadRequestException'];

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** Mails by Amazon SES, API version 2. It has no idempotency key: a repeated mail is sent again. */
export const sesMailer = (
  { region, credentials, url, configurationSet }: SesSettings,
  sender: Sender,
  clock: Clock,
): Mailer => ({
  deliver: async ({ mailId, to, subject, html, text, unsubscribeUrl }) => {
    const body = JSON.stringify({
      FromEmailAddress: `"${sender.name.replace(/["\\]/g, '')}" <${sender.address}>`,
      Destination: { ToAddresses: [to.email] },
      Content: {
        Simple: {
          Subject: utf8(subject),
          Body: { Html: utf8(html), Text: utf8(text) },
          Headers: Object.entries(headersOf(unsubscribeUrl)).map(([Name, Value]) => ({ Name, Value })),
        },
      },
      EmailTags: [{ Name: 'notification_id', Value: mailId }],
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
    });
    const call = {
      method: 'POST' as const,
      url: `${url}/v2/email/outbound-emails`,
      headers: { 'content-type': 'application/json' },
      body,
    };
    const headers = signedForAws(call, credentials, region, 'ses', clock.now());
    const answer = await post({ provider: 'SES', url: call.url, headers, body });
    if (isAccepted(answer)) return { status: 'sent', providerId: idIn('MessageId', answer.body) };
    const error = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? '';
    const reason = `SES ${answer.status} ${error}`.trim();
    if (!ABOUT_THE_MAIL.includes(error)) throw new NotTakenNow(reason);
    return { status: 'failed', failure: reason };
  },
});

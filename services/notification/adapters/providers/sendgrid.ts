import type { Mailer } from '../../core/ports/mailer.ts';
import { headersOf } from '../mail/headers.ts';
import type { Sender } from '../mail/sender.ts';
import { isAccepted, post } from './provider-call.ts';

export interface SendGridSettings {
  readonly apiKey: string;
  /** Base URL of the API. */
  readonly url: string;
}

/** Mails by SendGrid, API version 3. It has no idempotency key: a repeated mail is sent again. */
export const sendGridMailer = ({ apiKey, url }: SendGridSettings, sender: Sender): Mailer => ({
  deliver: async ({ mailId, to, subject, html, text, unsubscribeUrl }) => {
    const answer = await post({
      provider: 'SendGrid',
      url: `${url}/v3/mail/send`,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        personalizations: [
          { to: [{ email: to.email, ...(to.name === '' ? {} : { name: to.name }) }], subject },
        ],
        from: { email: sender.address, name: sender.name },
        content: [
          { type: 'text/plain', value: text },
          { type: 'text/html', value: html },
        ],
        headers: headersOf(unsubscribeUrl),
        custom_args: { notification_id: mailId },
        tracking_settings: {
          click_tracking: { enable: false, enable_text: false }, // it would rewrite links with tokens
          open_tracking: { enable: false },
        },
      }),
    });
    if (!isAccepted(answer)) return { status: 'failed', failure: `SendGrid ${answer.status}` };
    return { status: 'sent', providerId: answer.headers.get('x-message-id') ?? undefined };
  },
});

import { z } from 'zod';
import type { Channel, ShortMessage } from '../../core/ports/mailer.ts';
import { idIn, isAccepted, post } from './provider-call.ts';

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** A phone number, or the SID of a messaging service (`MG…`). */
  readonly from: string;
  /** Base URL of the API. */
  readonly url: string;
  /** Where Twilio reports what came of a message. */
  readonly statusUrl?: string | undefined;
}

/** The recipient has answered STOP. */
const STOPPED = 21_610;

/** Text messages by Twilio. It has no idempotency key: a repeated message is sent again. */
export const twilioSms = ({
  accountSid,
  authToken,
  from,
  url,
  statusUrl,
}: TwilioSettings): Channel<ShortMessage> => ({
  deliver: async ({ messageId, to, title, text }) => {
    const answer = await post({
      provider: 'Twilio',
      url: `${url}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        To: to,
        [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
        Body: `${title}: ${text}`,
        ...(statusUrl === undefined ? {} : { StatusCallback: `${statusUrl}?id=${messageId}` }),
      }).toString(),
    });
    if (isAccepted(answer)) return { status: 'sent', providerId: idIn('sid', answer.body) };
    const code = z.object({ code: z.int() }).safeParse(answer.body).data?.code;
    return code === STOPPED
      ? { status: 'suppressed', failure: 'the recipient has stopped messages' }
      : { status: 'failed', failure: `Twilio ${answer.status}${code === undefined ? '' : ` ${code}`}` };
  },
});

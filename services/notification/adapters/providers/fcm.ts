import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { after, MINUTE, SECOND, type Clock } from '#kernel/clock.ts';
import type { Delivery } from '../../core/domain/notification.ts';
import type { Channel, ShortMessage } from '../../core/ports/mailer.ts';
import { idIn, isAccepted, NotTakenNow, post, type ProviderAnswer } from './provider-call.ts';

/** The parts of a service account's key file that are used. */
export interface FcmSettings {
  readonly projectId: string;
  readonly clientEmail: string;
  /** PKCS 8, PEM. */
  readonly privateKey: string;
  readonly tokenUrl: string;
  /** Base URL of the API. */
  readonly url: string;
}

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LIFETIME_S = 3_600;

const TOKEN = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const ERROR = z.object({
  error: z.object({
    message: z.string().default(''),
    details: z
      .array(
        z.object({
          errorCode: z.string().optional(),
          fieldViolations: z.array(z.object({ field: z.string().optional() })).default([]),
        }),
      )
      .default([]),
  }),
});

/** Why FCM refused a message for good. Only what it says about the token counts: a wrong URL or project also returns 404. */
const refusalOf = ({ status, body }: Pick<ProviderAnswer, 'status' | 'body'>): Delivery => {
  const { message, details } = ERROR.safeParse(body).data?.error ?? { message: '', details: [] };
  const code = details.find(({ errorCode }) => errorCode !== undefined)?.errorCode;
  const isTokenInvalid =
    code === 'INVALID_ARGUMENT' &&
    (/\bregistration token\b/i.test(message) ||
      details.some(({ fieldViolations }) => fieldViolations.some(({ field }) => field === 'message.token')));
  return code === 'UNREGISTERED' || isTokenInvalid
    ? { status: 'suppressed', failure: 'the device is gone', isAddressGone: true }
    : { status: 'failed', failure: `FCM ${status}${code === undefined ? '' : ` ${code}`}` };
};

/** Push messages by Firebase Cloud Messaging, HTTP v1. A repeated message replaces the first one on a device that still shows it. */
export const fcmPush = async (settings: FcmSettings, clock: Clock): Promise<Channel<ShortMessage>> => {
  const { projectId, clientEmail, tokenUrl, url } = settings;
  const key = await importPKCS8(settings.privateKey, 'RS256');
  let known: { readonly token: string; readonly until: Date } | undefined;

  const renewed = async (): Promise<string> => {
    const now = clock.now();
    const issuedAt = Math.floor(now.getTime() / SECOND);
    const assertion = await new SignJWT({ scope: SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(clientEmail)
      .setAudience(tokenUrl)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_S)
      .sign(key);
    const answer = await post({
      provider: 'Google',
      url: tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
    });
    if (!isAccepted(answer)) throw new NotTakenNow(`Google gave no access token: ${answer.status}`);
    const { access_token: token, expires_in } = TOKEN.parse(answer.body);
    known = { token, until: after(now, expires_in * SECOND - MINUTE) };
    return token;
  };

  return {
    deliver: async ({ messageId, to, title, text }) => {
      const token = known && known.until > clock.now() ? known.token : await renewed();
      const answer = await post({
        provider: 'FCM',
        url: `${url}/v1/projects/${projectId}/messages:send`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          message: {
            token: to,
            notification: { title, body: text },
            android: { collapse_key: messageId, notification: { tag: messageId } },
            apns: { headers: { 'apns-collapse-id': messageId } },
          },
        }),
      }).catch((error: unknown) => {
        known = undefined; // a rejected token is not used again
        throw error;
      });
      return isAccepted(answer)
        ? { status: 'sent', providerId: idIn('name', answer.body) }
        : refusalOf(answer);
    },
  };
};

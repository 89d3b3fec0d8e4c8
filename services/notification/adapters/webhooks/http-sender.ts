import { createHmac } from 'node:crypto';
import { request, type Dispatcher } from 'undici';
import { AddressRefused } from '#adapters/http/public-address.ts';
import { LOGGED_ANSWER, type Answer } from '../../core/domain/webhook-delivery.ts';
import type { WebhookCall, WebhookSender } from '../../core/ports/webhooks.ts';

/** Of a whole call, milliseconds. */
export const TIMEOUT_MS = 10_000;

/** One `webhook-signature` of Standard Webhooks. */
const signatureWith = (secret: string, { messageId, seconds, body }: Signed): string => {
  const key = Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
  const digest = createHmac('sha256', key).update(`${messageId}.${seconds}.${body}`).digest('base64');
  return `v1,${digest}`;
};

type Signed = Pick<WebhookCall, 'messageId' | 'body'> & { readonly seconds: number };

const headersOf = ({ secrets, messageId, at, body }: WebhookCall): Record<string, string> => {
  const seconds = Math.floor(at.getTime() / 1_000);
  return {
    'content-type': 'application/json',
    'user-agent': 'shop-webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets
      .map((secret) => signatureWith(secret, { messageId, seconds, body }))
      .join(' '),
  };
};

/** The first bytes of a body as text; the rest is not read. */
const beginningOf = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= LOGGED_ANSWER) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, LOGGED_ANSWER));
  return text.replaceAll('\0', '\uFFFD'); // which PostgreSQL does not store
};

/** Milliseconds of `Retry-After`, given in seconds or as a date; undefined if it is neither. */
const retryAfterOf = (value: string | readonly string[] | undefined, now: Date): number | undefined => {
  const [text] = [value ?? ''].flat();
  if (text === undefined || text === '') return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
};

const nameOf = (error: unknown, timeoutMs: number): string => {
  if (!(error instanceof Error)) return 'no response';
  if (error.name === 'TimeoutError') return `no response within ${timeoutMs} ms`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/**
 * Calls endpoints as Standard Webhooks describes it. Follows no redirects.
 * @param dispatcher refuses addresses that must not be called with `AddressRefused`
 */
export const httpSender = (dispatcher: Dispatcher, timeoutMs = TIMEOUT_MS): WebhookSender => ({
  send: async (call): Promise<Answer> => {
    const { url, at, body } = call;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await request(url, {
        method: 'POST',
        headers: headersOf(call),
        body,
        signal,
        dispatcher,
      });
      return {
        kind: 'answered',
        status: response.statusCode,
        retryAfterMs: retryAfterOf(response.headers['retry-after'], at),
        // A status has come: a body that breaks off changes nothing.
        text: await beginningOf(response.body).catch(() => ''),
      };
    } catch (error) {
      return error instanceof AddressRefused
        ? { kind: 'forbidden', error: error.message }
        : { kind: 'unreachable', error: nameOf(error, timeoutMs) };
    }
  },
});

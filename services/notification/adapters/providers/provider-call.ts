import { z } from 'zod';
import { SECOND } from '#kernel/clock.ts';
import { RetryLater } from '#kernel/tasks.ts';

/** Below the timeout of a task; milliseconds. */
const TIMEOUT_MS = 15 * SECOND;
/** The largest response that is read; bytes. */
const MOST_BYTES = 64 * 1_024;

/** The provider did not accept a message now. Contains no personal data. */
export class NotTakenNow extends Error {
  constructor(reason: string) {
    super(`the provider did not take it: ${reason}`);
    this.name = 'NotTakenNow';
  }
}

export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined if it is none. */
  readonly body: unknown;
}

export interface ProviderCall {
  /** In errors: `SendGrid`. */
  readonly provider: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const textOf = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error('the response is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Milliseconds from now: seconds or a date in `Retry-After`, or a point in time as SendGrid says it; undefined without either. */
export const retryAfterMs = (headers: Headers, now: number): number | undefined => {
  const after = headers.get('retry-after');
  const reset = headers.get('x-ratelimit-reset');
  if (after !== null && /^\d+$/.test(after)) return Number(after) * SECOND;
  const until = after !== null ? Date.parse(after) : reset === null ? NaN : Number(reset) * SECOND;
  return Number.isFinite(until) ? Math.max(0, until - now) : undefined;
};

/**
 * Posts a message to a provider.
 * @returns its answer, which accepts the message or refuses it for good
 * @throws `RetryLater` or `NotTakenNow` if the message may be accepted later: overload, an outage, or rejected credentials
 */
export const post = async ({ provider, url, headers, body }: ProviderCall): Promise<ProviderAnswer> => {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await textOf(response);
  } catch {
    throw new NotTakenNow(`${provider} gave no response`); // the reason may name the recipient
  }
  const { status } = response;
  const reason = `${provider} ${status}`;
  const isRefused = status >= 400 && status < 500 && ![401, 403, 408, 409, 425, 429].includes(status);
  if ((status >= 200 && status < 300) || isRefused)
    return { status, headers: response.headers, body: parsed(text) };
  const later = retryAfterMs(response.headers, Date.now());
  throw later === undefined ? new NotTakenNow(reason) : new RetryLater(reason, later);
};

/** What an accepted message is called; throws if the answer is not as the provider documents it. */
export const idIn = (name: string, body: unknown): string => {
  const id = z.object({ [name]: z.string().min(1).max(300) }).parse(body)[name];
  if (id === undefined) throw new Error('unreachable');
  return id;
};

export const isAccepted = ({ status }: Pick<ProviderAnswer, 'status'>): boolean => status < 300;

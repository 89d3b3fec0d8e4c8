import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request, type Dispatcher } from 'undici';
import type { CachedAnswer } from './response-cache.ts';

const HOP_BY_HOP = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding',
  'upgrade', 'host', 'content-length', 'expect',
]); // prettier-ignore

const CONNECTIONS_PER_SERVICE = 128;
const ANSWER_MS = 30_000;

export interface Forwarded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly signal: AbortSignal;
}

/** Passes requests on to services, over connections that are kept. */
export class Proxy {
  readonly #agent = new Agent({
    connections: CONNECTIONS_PER_SERVICE,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });

  /** The whole answer. */
  async answer(forwarded: Forwarded): Promise<CachedAnswer> {
    const { statusCode, headers, body } = await this.#send(forwarded);
    return { status: statusCode, headers: passedOn(headers), body: Buffer.from(await body.arrayBuffer()) };
  }

  /** An answer that goes on for as long as the service likes. */
  async stream(
    forwarded: Forwarded,
  ): Promise<Omit<CachedAnswer, 'body'> & { readonly body: AsyncIterable<Buffer> }> {
    const { statusCode, headers, body } = await this.#send(forwarded, { bodyTimeout: 0 });
    return { status: statusCode, headers: passedOn(headers), body };
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #send(
    { method, url, headers, body, signal }: Forwarded,
    options: { readonly bodyTimeout?: number } = {},
  ): Promise<Dispatcher.ResponseData> {
    return request(url, {
      method: method,
      headers,
      body: body ?? null,
      signal,
      dispatcher: this.#agent,
      ...options,
    });
  }
}

/** The headers of a request that a service gets to see. */
export const forwardedHeaders = (headers: IncomingHttpHeaders): Record<string, string> => passedOn(headers);

const passedOn = (headers: IncomingHttpHeaders): Record<string, string> => {
  const passed: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !HOP_BY_HOP.has(name))
      passed[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return passed;
};

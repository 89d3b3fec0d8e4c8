import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import { askInTurn, KEPT_ALIVE } from '#adapters/http/instances.ts';
import type { CachedAnswer } from './response-cache.ts';

const HOP_BY_HOP = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding',
  'upgrade', 'host', 'content-length', 'expect',
]); // prettier-ignore

/** Ours to say for each answer, one that is given again included. */
const OURS = new Set(['date', 'x-correlation-id']);

const CONNECTIONS_PER_SERVICE = 128;

export interface Forwarded {
  readonly method: string;
  /** Of the service's instances, in the order to ask them: `http://127.0.0.1:4711`. */
  readonly origins: readonly string[];
  /** With its query, as the client wrote it: whoever normalised it might make another path of it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** How long its answer may take to begin, in milliseconds; as any may when absent. */
  readonly answerMs: number | undefined;
  /** Whether it may be sent again where nobody knows what became of it. */
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal;
}

/** Passes requests on to services, over connections that are kept. */
export class Proxy {
  readonly #agent: Agent;
  readonly #streams: Agent;

  /** @param answerMs how long an answer may take to begin, and pause */
  constructor(answerMs: number) {
    const options = { pipelining: 1, ...KEPT_ALIVE, headersTimeout: answerMs, bodyTimeout: answerMs };
    this.#agent = new Agent({ ...options, connections: CONNECTIONS_PER_SERVICE });
    // Apart, and as many as there are: one that is held for hours is none that another request waits for.
    this.#streams = new Agent({ ...options, bodyTimeout: 0 });
  }

  /** The whole answer. */
  async answer(forwarded: Forwarded): Promise<CachedAnswer> {
    const { statusCode, headers, body } = await this.#send(this.#agent, forwarded);
    return { status: statusCode, headers: passedBack(headers), body: Buffer.from(await body.arrayBuffer()) };
  }

  /** An answer that goes on for as long as the service likes. */
  async stream(
    forwarded: Forwarded,
  ): Promise<Omit<CachedAnswer, 'body'> & { readonly body: AsyncIterable<Buffer> }> {
    const { statusCode, headers, body } = await this.#send(this.#streams, forwarded);
    return { status: statusCode, headers: passedBack(headers), body };
  }

  async close(): Promise<void> {
    await Promise.all([this.#agent.destroy(), this.#streams.destroy()]);
  }

  #send(
    agent: Agent,
    { method, body, origins, answerMs, isRepeatable, ...rest }: Forwarded,
  ): Promise<Dispatcher.ResponseData> {
    return askInTurn(origins, isRepeatable, (origin) =>
      agent.request({ ...rest, origin, method, body: body ?? null, headersTimeout: answerMs ?? null }),
    );
  }
}

/** The headers of a request that a service gets to see. */
export const forwardedHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  withoutThose(headers, (name) => HOP_BY_HOP.has(name) || isNamedBy(headers.connection, name));

/** The headers of an answer that the client gets to see. */
const passedBack = (headers: IncomingHttpHeaders): Record<string, string> =>
  withoutThose(headers, (name) => HOP_BY_HOP.has(name) || OURS.has(name));

/** `Connection: x-secret` says that `x-secret` is for the next hop only. */
const isNamedBy = (connection: string | undefined, name: string): boolean =>
  connection
    ?.toLowerCase()
    .split(/\s*,\s*/)
    .includes(name) === true;

const withoutThose = (
  headers: IncomingHttpHeaders,
  isLeftOut: (name: string) => boolean,
): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !isLeftOut(name)) kept[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return kept;
};

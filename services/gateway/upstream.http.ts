import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { isStream } from '#adapters/http/exchange.ts';
import { askInTurn, KEPT_ALIVE } from '#adapters/http/instances.ts';
import type { Forwarded, OpenUpstream } from './upstream.ts';

const HOP_BY_HOP = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding',
  'upgrade', 'host', 'content-length', 'expect',
]); // prettier-ignore

/** The gateway sets these itself, on cached responses as well. */
const SET_BY_GATEWAY = new Set(['date', 'x-correlation-id']);

const CONNECTIONS_PER_SERVICE = 128;
const PATIENCE_MS = 1_000;

/**
 * Services in processes of their own, over keep-alive connections.
 * @param addressesOf the instances of a service, such as `http://127.0.0.1:4711`; the first is tried first
 */
export const overHttp =
  (addressesOf: (service: string) => readonly string[]): OpenUpstream =>
  (answerMs) => {
    const options = { pipelining: 1, ...KEPT_ALIVE, headersTimeout: answerMs, bodyTimeout: answerMs };
    const agent = new Agent({ ...options, connections: CONNECTIONS_PER_SERVICE });
    // A separate agent without a limit: a stream may hold its connection for hours, and no request may wait for it.
    const streams = new Agent({ ...options, bodyTimeout: 0 });

    const send = (by: Agent, forwarded: Forwarded): Promise<Dispatcher.ResponseData> => {
      const { match, target, body, signal, isRepeatable } = forwarded;
      return askInTurn(addressesOf(match.route.service), isRepeatable, (origin) =>
        by.request({
          origin,
          path: target,
          method: match.route.method,
          headers: headersOf(forwarded),
          body: isStream(body) ? Readable.from(body, { objectMode: false }) : (body ?? null),
          headersTimeout: forwarded.answerMs ?? null,
          signal,
        }),
      );
    };
    return {
      answer: async (forwarded) => {
        const { statusCode, headers, body } = await send(agent, forwarded);
        const bytes = Buffer.from(await body.arrayBuffer());
        return { status: statusCode, headers: responseHeaders(headers), body: bytes };
      },
      stream: async (forwarded) => {
        const { statusCode, headers, body } = await send(streams, forwarded);
        return { status: statusCode, headers: { ...responseHeaders(headers), ...lengthOf(headers) }, body };
      },
      isReady: async (service) => {
        try {
          return await isOneReady(addressesOf(service));
        } catch {
          return false; // it has no address yet
        }
      },
      close: async () => {
        await Promise.all([agent.destroy(), streams.destroy()]);
      },
    };
  };

const isOneReady = (instances: readonly string[]): Promise<boolean> =>
  Promise.any(
    instances.map(async (instance) => {
      const { ok } = await fetch(`${instance}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!ok) throw new Error('not ready');
      return true;
    }),
  ).catch(() => false);

/** The request headers that a service receives. */
const headersOf = ({ headers, correlationId, address, traceparent }: Forwarded): Record<string, string> => ({
  ...omitHeaders(headers, (name) => HOP_BY_HOP.has(name) || isListedIn(headers.connection, name)),
  'x-correlation-id': correlationId,
  'x-forwarded-for': address,
  ...(traceparent === undefined ? {} : { traceparent }),
});

/** The response headers that the client receives. */
const responseHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  omitHeaders(headers, (name) => HOP_BY_HOP.has(name) || SET_BY_GATEWAY.has(name));

/** A file that is passed on has the length that its service states. */
const lengthOf = ({ 'content-length': length }: IncomingHttpHeaders): Record<string, string> =>
  length === undefined ? {} : { 'content-length': length };

/** `Connection: x-secret` says that `x-secret` is for the next hop only. */
const isListedIn = (connection: string | undefined, name: string): boolean =>
  connection
    ?.toLowerCase()
    .split(/\s*,\s*/)
    .includes(name) === true;

const omitHeaders = (
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

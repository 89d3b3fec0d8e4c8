import { Agent, request } from 'undici';
import type { ServiceTokens } from '../auth/tokens.ts';
import { currentCause } from '../context/cause.ts';
import { inSpan } from '../observability/tracing.ts';
import { Outage, type Policy } from '../resilience/policy.ts';
import { askInTurn, KEPT_ALIVE } from './instances.ts';

const agent = new Agent({ connections: 64, pipelining: 1, ...KEPT_ALIVE });

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Scope that the callee's OpenAPI file asks for. */
  readonly scope: string;
  /** The user on whose behalf it is called. */
  readonly actsFor?: string;
  /** For calls that have an effect. */
  readonly idempotencyKey?: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls another service over HTTP. Answers of 5xx, unreadable answers and broken connections are `Outage`s; 4xx are answers. */
export type ServiceClient = (call: Call) => Promise<CallAnswer>;

export interface ServiceClientOptions {
  /** The callee, as its tokens name it. */
  readonly service: string;
  /** Of its instances, whose turn it is first. Asked at each call: they may be known only once all services have started. */
  readonly baseUrls: () => readonly string[];
  readonly tokens: ServiceTokens;
  readonly policy: Policy;
}

export const makeServiceClient =
  ({ service, baseUrls, tokens, policy }: ServiceClientOptions): ServiceClient =>
  async (call) => {
    const token = await tokens(service, call.scope, call.actsFor);
    const ask = (): Promise<CallAnswer> => {
      const headers = headersOf(call, token);
      return policy.execute((signal) => send(baseUrls(), call, headers, signal));
    };
    const cause = currentCause();
    return cause
      ? inSpan(`${call.method} ${service}`, 'client', cause, { 'peer.service': service }, ask)
      : ask();
  };

const headersOf = ({ body, idempotencyKey }: Call, token: string): Record<string, string> => {
  const cause = currentCause();
  return {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(cause ? { 'x-correlation-id': cause.correlationId } : {}),
    ...(cause?.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
};

const send = async (
  baseUrls: readonly string[],
  { method, path, query, body }: Call,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<CallAnswer> => {
  try {
    const options = {
      method,
      headers,
      signal,
      dispatcher: agent,
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await askInTurn(baseUrls, false, (baseUrl) => request(`${baseUrl}${path}`, options));
    const text = await answer.body.text();
    if (answer.statusCode >= 500) throw new Error(`answered ${answer.statusCode}`);
    return { status: answer.statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch (error) {
    throw new Outage(`${method} ${path} failed`, { cause: error });
  }
};

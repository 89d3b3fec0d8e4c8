import { Agent, request } from 'undici';
import type { ServiceTokens } from '../auth/tokens.ts';
import { currentCause } from '../context/cause.ts';
import { inSpan } from '../observability/tracing.ts';
import { Overloaded } from '../resilience/bulkhead.ts';
import { Outage, type Policy } from '../resilience/policy.ts';
import { askInTurn, KEPT_ALIVE } from './instances.ts';

/** As many connections as a policy lets calls through: none waits here while its time runs. */
const agent = new Agent({ pipelining: 1, ...KEPT_ALIVE });

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

/** Calls another service over HTTP. 4xx are answers; a 503 that says `OVERLOADED` is `Overloaded`;
 * any other 5xx, an answer that cannot be read and a broken connection are an `Outage`. */
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
    if (answer.statusCode === 503 && isOverload(text)) throw new Overloaded(path);
    if (answer.statusCode >= 500) throw new Error(`answered ${answer.statusCode}`);
    return { status: answer.statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch (error) {
    throw error instanceof Overloaded ? error : new Outage(`${method} ${path} failed`, { cause: error });
  }
};

const isOverload = (text: string): boolean => {
  const problem: unknown = JSON.parse(text);
  return (
    typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === 'OVERLOADED'
  );
};

import { currentCause } from '../context/cause.ts';
import { inSpan } from '../observability/tracing.ts';
import { Overloaded } from '../resilience/bulkhead.ts';
import { Outage, type Policy } from '../resilience/policy.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Scope that the callee's OpenAPI file requires. */
  readonly scope: string;
  /** The user for whom the call is made. */
  readonly actsFor?: string;
  /** Makes a call with side effects safe to repeat. */
  readonly idempotencyKey?: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls another service. Returns 4xx as responses. A 503 with code `OVERLOADED` throws `Overloaded`;
 * any other 5xx, an unreadable response and an unreachable callee throw an `Outage`. */
export type ServiceClient = (call: Call) => Promise<CallAnswer>;

/** Sends a call to the callee, and returns the response as text. Rejects, with any error, if there is none. */
export type Transport = (
  call: Call,
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly text: string }>;

export interface ServiceClientOptions {
  /** The callee. */
  readonly service: string;
  readonly transport: Transport;
  readonly policy: Policy;
}

export const makeServiceClient =
  ({ service, transport, policy }: ServiceClientOptions): ServiceClient =>
  (call) => {
    const ask = (): Promise<CallAnswer> => policy.execute((signal) => send(transport, call, signal));
    const cause = currentCause();
    return cause
      ? inSpan(`${call.method} ${service}`, 'client', cause, { 'peer.service': service }, ask)
      : ask();
  };

const send = async (transport: Transport, call: Call, signal: AbortSignal): Promise<CallAnswer> => {
  try {
    const { status, text } = await transport(call, signal);
    if (status === 503 && isOverload(text)) throw new Overloaded(call.path);
    if (status >= 500) throw new Error(`answered ${status}`);
    return { status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch (error) {
    throw error instanceof Overloaded
      ? error
      : new Outage(`${call.method} ${call.path} failed`, { cause: error });
  }
};

const isOverload = (text: string): boolean => {
  const problem: unknown = JSON.parse(text);
  return (
    typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === 'OVERLOADED'
  );
};

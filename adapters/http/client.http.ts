import { Agent, request } from 'undici';
import type { ServiceTokens } from '../auth/tokens.ts';
import { currentCause } from '../context/cause.ts';
import type { Call, Transport } from './client.ts';
import { askInTurn, KEPT_ALIVE } from './instances.ts';

/** As many connections as a policy lets calls through: none waits here while its time runs. */
const agent = new Agent({ pipelining: 1, ...KEPT_ALIVE });

export interface HttpTransportOptions {
  /** The callee, as its tokens name it. */
  readonly service: string;
  /** The URLs of its instances, starting with the next in rotation. Resolved at each call, because they may be known only after all
   * services have started. */
  readonly baseUrls: () => readonly string[];
  readonly tokens: ServiceTokens;
}

/** The transport between processes: HTTP, with a token for the callee. */
export const overHttp =
  ({ service, baseUrls, tokens }: HttpTransportOptions): Transport =>
  async (call, signal) => {
    const { method, path, query, body } = call;
    const options = {
      method,
      headers: headersOf(call, await tokens(service, call.scope, call.actsFor)),
      signal,
      dispatcher: agent,
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await askInTurn(baseUrls(), false, (baseUrl) => request(`${baseUrl}${path}`, options));
    return { status: answer.statusCode, text: await answer.body.text() };
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

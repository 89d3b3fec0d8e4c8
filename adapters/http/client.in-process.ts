import type { Ids } from '#kernel/ids.ts';
import { GUEST, type Service } from '../auth/principal.ts';
import { currentCause } from '../context/cause.ts';
import type { Call, Transport } from './client.ts';
import { queryOf } from './endpoint.ts';
import { isStream, type Answered, type Asked } from './exchange.ts';
import type { InProcessService } from './in-process.ts';
import { matchOf, nothingThere } from './recognition.ts';

export interface InProcessTransportOptions {
  /** The calling service, named by its composition; over HTTP a token names it. */
  readonly caller: string;
  /** Evaluated per call, because services start one after another. */
  readonly callee: () => InProcessService;
  readonly ids: Ids;
}

/** The address of calls within this process. */
const ADDRESS = '127.0.0.1';

/** The transport within one process: the callee's operations with the same access check. Only bytes pass. */
export const inProcess =
  ({ caller, callee, ids }: InProcessTransportOptions): Transport =>
  async (call, signal) => {
    const service = callee();
    const found = service.router(call.method, call.path);
    const match = matchOf(found);
    const self: Service = { kind: 'service', service: caller, scopes: [call.scope], actsFor: call.actsFor };
    const principal = match?.route.access === 'everybody' ? GUEST : self; // public operations ignore tokens
    if (!match) {
      const { method, path } = call;
      const refusal = nothingThere(found);
      return toTextResponse(service.refuse(refusal, { method, path, match, principal, address: ADDRESS }));
    }
    const cause = currentCause();
    const asked: Asked = {
      match,
      target: call.path + queryOf(match.route, searchOf(call)),
      headers: headersOf(call),
      body: call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body)),
      principal,
      address: ADDRESS,
      signal,
    };
    const trace = {
      correlationId: cause?.correlationId ?? ids.next(),
      traceparent: cause?.traceparent,
    };
    return toTextResponse(await service.answer(asked, trace));
  };

const searchOf = ({ query }: Call): string => (query ? `?${new URLSearchParams(query).toString()}` : '');

const headersOf = ({ body, idempotencyKey }: Call): Asked['headers'] => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
});

/** Services do not call streams. */
const toTextResponse = ({ status, body }: Answered): Awaited<ReturnType<Transport>> => {
  if (isStream(body)) throw new Error('a service call returned a stream');
  return { status, text: typeof body === 'string' ? body : Buffer.from(body ?? []).toString() };
};

import { beforeEach, describe, expect, it } from 'vitest';
import { runInAct } from '#adapters/context/act.ts';
import { runBecauseOf } from '#adapters/context/cause.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import { makePolicy, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { overHttp } from '../client.http.ts';
import { inProcess } from '../client.in-process.ts';
import {
  makeServiceClient,
  type Call,
  type CallAnswer,
  type ServiceClient,
  type Transport,
} from '../client.ts';
import { ID, openEdge, orderKey, SECRET, sign, THING, type Edge, type EdgeOptions } from './edge.ts';

/** Each transport calls as the service `caller`. */
const TRANSPORTS: Readonly<Record<string, (edge: Edge, caller: 'cart' | 'order') => Transport>> = {
  'over HTTP': (edge, caller) =>
    overHttp({
      service: 'edge',
      baseUrls: () => [edge.url],
      tokens: (aud, scope, actsFor) =>
        caller === 'cart'
          ? edge.serviceToken(scope, actsFor === undefined ? {} : { act_for: actsFor })
          : sign(orderKey, { iss: 'service:order', aud, scope }),
    }),
  'in process': (edge, caller) => inProcess({ caller, callee: () => edge.inProcess, ids: systemIds }),
};

describe.each(Object.entries(TRANSPORTS))('a call to another service %s', (_, transportOf) => {
  let edge: Edge;
  const clientOf = (
    options: { caller?: 'cart' | 'order'; retries?: number; timeoutMs?: number } = {},
  ): ServiceClient =>
    makeServiceClient({
      service: 'edge',
      transport: transportOf(edge, options.caller ?? 'cart'),
      policy: makePolicy({ name: 'edge', timeoutMs: 5_000, retries: 0, watch: () => () => 0, ...options }),
    });
  const open = async (options: EdgeOptions = {}): Promise<void> => {
    edge = await openEdge(options);
  };
  beforeEach(() => open());

  const make: Call = { method: 'POST', path: '/internal/things', scope: 'things:write', body: { name: 'a' } };
  const look: Call = { method: 'GET', path: '/internal/things', scope: 'things:read' };
  const bodyOf = ({ body }: CallAnswer): Record<string, unknown> => body as Record<string, unknown>;

  it('reaches its handler, parsed, with caller, user and key', async () => {
    const call = { ...make, query: { limit: '7', q: 'a b+c' }, actsFor: ID, idempotencyKey: 'key-12345' };
    const answer = await clientOf()(call);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        query: { limit: 7, q: 'a b+c' },
        body: { name: 'a' },
        principal: { kind: 'service', service: 'cart', scopes: ['things:write'], actsFor: ID },
        address: '127.0.0.1',
        idempotency: { principal: `service:cart:${ID}`, operation: 'internalMake', key: 'key-12345' },
      },
    });
  });

  it('does not belong to the act of staff that its caller carries out', async () => {
    const act = { operation: 'editThing', category: 'catalogue', actorId: 'kim', reason: undefined };
    await runInAct(act, () => clientOf()(make));
    expect(edge.seen().act).toBeUndefined();
  });

  it('has the same idempotency fingerprint over every transport', async () => {
    const prints = await Promise.all(
      Object.values(TRANSPORTS).map(async (transport) => {
        const { text } = await transport(edge, 'cart')(
          { ...make, query: { q: 'a b' }, idempotencyKey: 'key-12345' },
          new AbortController().signal,
        );
        return (JSON.parse(text) as { idempotency: { fingerprint: string } }).idempotency.fingerprint;
      }),
    );
    expect(new Set(prints).size).toBe(1);
  });

  it('transfers anything that JSON can express, and shares no objects', async () => {
    const body = { name: 'a', of: undefined, weight: 1 };
    const answer = bodyOf(await clientOf()({ ...make, body }));
    expect(answer['body']).toEqual({ name: 'a', weight: 1 });
    expect(edge.seen().body).not.toBe(body);
    expect(answer['body']).not.toBe(edge.seen().body);
  });

  it('continues the trace of its caller', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const cause = { correlationId: 'story-1', causationId: 'e-1', traceparent };
    const answer = await runBecauseOf(cause, () => clientOf()(look));
    expect(bodyOf(answer)['cause']).toEqual({
      correlationId: 'story-1',
      causationId: 'story-1',
      traceparent,
    });
    expect(bodyOf(await clientOf()(look))['cause']).toMatchObject({
      correlationId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('is refused without the scope, to services that are not consumers, and for a user if the operation does not allow it', async () => {
    for (const [caller, call] of [
      ['cart', { ...look, scope: 'things:write' }],
      ['order', look],
      ['cart', { ...look, actsFor: ID }],
      ['cart', { ...make, path: '/things' }],
    ] as const) {
      const { status, body } = await clientOf({ caller })(call);
      expect([403, 401]).toContain(status);
      expect(body).toMatchObject({ status, code: status === 403 ? 'FORBIDDEN' : 'UNAUTHENTICATED' });
    }
    expect(edge.noted.map(({ event, actor, address }) => [event, actor, address])).toEqual([
      ['access_refused', 'service:cart:', '127.0.0.1'],
      ['access_refused', 'service:order:', '127.0.0.1'],
      ['access_refused', `service:cart:${ID}`, '127.0.0.1'],
      ['authentication_refused', 'service:cart:', '127.0.0.1'],
    ]);
  });

  it('is a guest’s on a public operation', async () => {
    const { body } = await clientOf()({ method: 'GET', path: THING, scope: '' });
    expect(body).toMatchObject({ principal: { kind: 'guest' } });
  });

  it.each([
    ['invalid', { ...make, body: { name: '' } }, 400, 'VALIDATION_FAILED'],
    ['too deep', { ...make, body: { name: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown } }, 400, 'VALIDATION_FAILED'],
    ['with an invalid key', { ...make, idempotencyKey: 'short' }, 400, 'VALIDATION_FAILED'],
    ['to an unknown path', { ...look, path: '/internal/nowhere' }, 404, 'NOT_FOUND'],
    ['with an unknown method', { ...look, method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['that the handler refuses', { ...look, path: '/refused' }, 410, 'TOO_OLD'],
  ] as const)('%s gets a problem', async (_what, call, status, code) => {
    const answer = await clientOf({ retries: 3 })(call);
    expect(answer).toMatchObject({ status, body: { status, code, instance: call.path } });
  }); // prettier-ignore

  it('may return an empty response', async () => {
    expect(await clientOf()({ ...look, path: '/empty-internal' })).toEqual({ status: 204, body: undefined });
  });

  it('gets a conflict if it loses a race', async () => {
    await open({ thrown: { race: () => new VersionConflict('thing') } });
    expect(await clientOf()({ ...look, path: '/thrown/race' })).toMatchObject({ status: 409 });
  });

  it('is an outage if the callee fails; it is retried and reveals no details', async () => {
    let tries = 0;
    await open({ thrown: { bug: () => new TypeError(`${SECRET} ${(tries += 1)}`) } });
    const failure = await clientOf({ retries: 1 })({ ...look, path: '/thrown/bug' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Outage);
    expect(String(failure) + String((failure as Outage).cause)).not.toContain(SECRET);
    expect(tries).toBe(2);
  }); // prettier-ignore

  it('reports overload if the callee does, without an immediate retry', async () => {
    let tries = 0;
    await open({ thrown: { busy: () => new Overloaded(String((tries += 1))) } });
    await expect(clientOf({ retries: 1 })({ ...look, path: '/thrown/busy' })).rejects.toThrow(Overloaded);
    expect(tries).toBe(1);
  });

  it('times out, and is aborted at the callee', async () => {
    const told = Promise.withResolvers<undefined>();
    await open({
      slow: (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            told.resolve(undefined);
            reject(new Error('nobody waits'));
          });
        }),
    });
    await expect(clientOf({ timeoutMs: 200 })({ ...look, path: '/internal/slow' })).rejects.toThrow(TimedOut);
    await told.promise;
  });

  it('is an outage once the callee has stopped', async () => {
    await edge.inProcess.stop();
    await edge.close();
    await expect(clientOf()(look)).rejects.toThrow(Outage);
  });
});

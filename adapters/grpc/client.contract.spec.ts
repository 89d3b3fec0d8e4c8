import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { status } from '@grpc/grpc-js';
import { PAYMENT_PROTO, PAYMENT_SERVICE, type PaymentCommands } from '#contracts/grpc/payment.ts';
import { SequentialIds } from '#kernel/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { Service } from '../auth/principal.ts';
import { currentCause, runBecauseOf } from '../context/cause.ts';
import { makeLogger } from '../observability/logger.ts';
import { Overloaded } from '../resilience/bulkhead.ts';
import { Contended, makePolicy, Outage, TimedOut, type Policy } from '../resilience/policy.ts';
import { makeGrpcCallee, makeInProcessGrpc, type GrpcHandlers } from './callee.ts';
import { makeInProcessGrpcClient } from './client.in-process.ts';
import { makeGrpcClient, type GrpcClient } from './client.ts';
import { GrpcProblem } from './problem.ts';
import { openGrpcServer } from './server.ts';
import { clientCredentials, serverCredentials } from './tls.ts';

interface Caller {
  readonly name: string;
  readonly scope: string;
  readonly timeoutMs: number;
  readonly policy: Policy;
}

interface Served {
  clientOf(caller: Caller): GrpcClient<PaymentCommands>;
  stop(): Promise<void>;
}

const NAMES = { proto: PAYMENT_PROTO, service: PAYMENT_SERVICE };

const guarded = (handlers: GrpcHandlers<PaymentCommands>) => ({
  handlers,
  scope: 'do',
  consumers: ['order'],
  ids: new SequentialIds(),
  logger: makeLogger({ service: 'test', level: 'silent' }),
});

const overGrpc = async (handlers: GrpcHandlers<PaymentCommands>): Promise<Served> => {
  const server = await openGrpcServer<PaymentCommands>({
    ...NAMES,
    ...guarded(handlers),
    verify: async (token): Promise<Service> => {
      const [service = '', scope = ''] = token.split('.');
      return { kind: 'service', service, scopes: [scope], actsFor: undefined };
    },
    host: '127.0.0.1',
    port: 0,
    credentials: serverCredentials({}),
  });
  const clients: GrpcClient<PaymentCommands>[] = [];
  return {
    clientOf: ({ name, ...rest }) => {
      const client = makeGrpcClient<PaymentCommands>({
        ...NAMES,
        ...rest,
        audience: 'payment',
        address: () => `127.0.0.1:${server.port}`,
        tokens: (_, scope) => Promise.resolve(`${name}.${scope}`),
        credentials: clientCredentials({}),
      });
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.close();
      await server.close();
    },
  };
};

const inProcess = (handlers: GrpcHandlers<PaymentCommands>): Promise<Served> => {
  const callee = makeInProcessGrpc(makeGrpcCallee<PaymentCommands>(guarded(handlers)));
  return Promise.resolve({
    clientOf: ({ name: caller, ...rest }) =>
      makeInProcessGrpcClient<PaymentCommands>({ ...NAMES, ...rest, caller, callee: () => callee }),
    stop: () => {
      callee.stop();
      return Promise.resolve();
    },
  });
};

describe.each([
  ['over gRPC', overGrpc],
  ['in process', inProcess],
])('commands to another service %s', (_, serve) => {
  let capture: GrpcHandlers<PaymentCommands>['Capture'];
  let served: Served;

  const clientOf = ({ retries = 0, name = 'order', scope = 'do', timeoutMs = 5_000 } = {}) =>
    served.clientOf({
      name,
      scope,
      timeoutMs,
      policy: makePolicy({ name: 'callee', timeoutMs: 10_000, retries, watch: () => () => 0 }),
    });
  const failure = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );
  const failing = (...errors: readonly Error[]): { calls: number } => {
    const told = { calls: 0 };
    capture = () => Promise.reject(errors[told.calls++] ?? new Error('too many'));
    return told;
  };

  beforeEach(async () => {
    capture = () => Promise.resolve({ outcome: 'accepted', accepted: {} });
    served = await serve({
      Capture: (request, caller) => capture(request, caller),
      Cancel: () => Promise.resolve({ outcome: 'accepted', accepted: {} }),
      Refund: ({ refund_key, ...rest }) =>
        Promise.resolve({ outcome: 'refusal', refusal: { code: refund_key, detail: JSON.stringify(rest) } }),
      GetPayment: () => Promise.resolve({ payment: null }),
    });
  });
  afterEach(() => served.stop());

  it('carry requests and responses, and no undefined fields', async () => {
    const client = clientOf();
    const request = { order_id: 'o', amount_minor: 2 ** 52, currency: 'EUR', reason: '' };
    expect(await client.Refund(Object.assign({ refund_key: 'key', ...request }, { more: 1 }))).toEqual({
      outcome: 'refusal',
      refusal: { code: 'key', detail: JSON.stringify(request) },
    });
    expect(await client.GetPayment({ order_id: 'o' })).toEqual({ payment: null });
  });

  it.each([
    ['of a stranger', { name: 'notification' }],
    ['without the scope', { scope: 'look' }],
  ])('are refused %s', async (_what, who) => {
    const error = await failure(clientOf(who).Capture({ order_id: 'o' }));
    expect(error).toBeInstanceOf(GrpcProblem);
    expect(error).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it('are retried if they were lost, not if they were refused', async () => {
    const told = failing(
      new VersionConflict('it'),
      new Error('bug'),
      new GrpcProblem(status.NOT_FOUND, 'none'),
    );
    const error = await failure(clientOf({ retries: 5 }).Capture({ order_id: 'o' }));
    expect(error).toMatchObject({ code: status.NOT_FOUND });
    expect(told.calls).toBe(3);
  });

  it('reveal no details of a failure', async () => {
    failing(new Error('secret'));
    const error = await failure(clientOf().Capture({ order_id: 'o' }));
    expect(error).toBeInstanceOf(Outage);
    expect(String(error) + JSON.stringify(error)).not.toContain('secret');
  });

  it('distinguish a conflict and overload from an outage', async () => {
    failing(new VersionConflict('it'), new Overloaded('it'));
    expect(await failure(clientOf().Capture({ order_id: 'o' }))).toBeInstanceOf(Contended);
    expect(await failure(clientOf().Capture({ order_id: 'o' }))).toBeInstanceOf(Overloaded);
  });

  it('are an outage once the callee has stopped', async () => {
    const client = clientOf();
    await served.stop();
    expect(await failure(client.Capture({ order_id: 'o' }))).toBeInstanceOf(Outage);
  });

  it('time out at the deadline', async () => {
    const released = Promise.withResolvers<undefined>();
    capture = async () => {
      await released.promise;
      return { outcome: 'accepted', accepted: {} };
    };
    const error = await failure(clientOf({ timeoutMs: 50 }).Capture({ order_id: 'o' }));
    expect(error).toBeInstanceOf(TimedOut);
    released.resolve(undefined);
  });

  it('are the cause of later events, in the trace of the call or a new one', async () => {
    const seen: unknown[] = [];
    capture = () => {
      seen.push(currentCause());
      return Promise.resolve({ outcome: 'accepted', accepted: {} });
    };
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const cause = { correlationId: 'story-1', causationId: 'e-1', traceparent };
    await runBecauseOf(cause, () => clientOf().Capture({ order_id: 'o' }));
    await clientOf().Capture({ order_id: 'o' });
    const id = '00000000-0000-7000-8000-000000000001';
    expect(seen).toEqual([
      { correlationId: 'story-1', causationId: 'story-1', traceparent },
      { correlationId: id, causationId: id },
    ]);
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, status, type MethodDefinition } from '@grpc/grpc-js';
import { PAYMENT_PROTO, PAYMENT_SERVICE, type PaymentCommands } from '#contracts/grpc/payment.ts';
import { SequentialIds } from '#kernel/ids.ts';
import type { Principal } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { makeLogger } from '../observability/logger.ts';
import { makePolicy, TimedOut } from '../resilience/policy.ts';
import { makeGrpcClient, type GrpcClient } from './client.ts';
import { loadService } from './definition.ts';
import { GrpcProblem } from './problem.ts';
import type { GrpcHandlers } from './callee.ts';
import { openGrpcServer } from './server.ts';
import { clientCredentials, serverCredentials } from './tls.ts';

const PRINCIPALS: Readonly<Record<string, Principal>> = {
  good: { kind: 'service', service: 'order', scopes: ['do'], actsFor: undefined },
  stranger: { kind: 'service', service: 'notification', scopes: ['do'], actsFor: undefined },
  proxy: { kind: 'service', service: 'order', scopes: ['do'], actsFor: 'u' },
  narrow: { kind: 'service', service: 'order', scopes: ['look'], actsFor: undefined },
  user: { kind: 'user', userId: 'u', email: 'u@example.com', name: 'U', roles: ['admin'] },
};

const verify = (token: string): Promise<Principal> => {
  const principal = PRINCIPALS[token];
  return principal ? Promise.resolve(principal) : Promise.reject(new Error('forged'));
};

const answering = (capture: GrpcHandlers<PaymentCommands>['Capture']): GrpcHandlers<PaymentCommands> => ({
  Capture: capture,
  Cancel: () => Promise.resolve({ outcome: 'accepted', accepted: {} }),
  Refund: ({ refund_key, ...rest }) =>
    Promise.resolve({ outcome: 'refusal', refusal: { code: refund_key, detail: JSON.stringify(rest) } }),
  GetPayment: () => Promise.resolve({ payment: null }),
});

const ACCEPT = answering(() => Promise.resolve({ outcome: 'accepted', accepted: {} }));

describe('gRPC between services', () => {
  const open: (() => void | Promise<void>)[] = [];

  const serve = async (handlers = ACCEPT, verifyToken: TokenVerifier = verify): Promise<number> => {
    const server = await openGrpcServer<PaymentCommands>({
      proto: PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      handlers,
      scope: 'do',
      consumers: ['order'],
      verify: verifyToken,
      host: '127.0.0.1',
      port: 0,
      credentials: serverCredentials({}),
      ids: new SequentialIds(),
      logger: makeLogger({ service: 'test', level: 'silent' }),
    });
    open.push(() => server.close());
    return server.port;
  };
  const clientOf = (
    port: number | (() => number),
    { token = 'good', retries = 0, timeoutMs = 5_000 } = {},
  ): GrpcClient<PaymentCommands> => {
    const client = makeGrpcClient<PaymentCommands>({
      proto: PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      address: () => `127.0.0.1:${typeof port === 'number' ? port : port()}`,
      tokens: () => Promise.resolve(token),
      audience: 'payment',
      scope: 'do',
      timeoutMs,
      policy: makePolicy({ name: 'callee', timeoutMs: 10_000, retries, watch: () => () => 0 }),
    });
    open.push(() => {
      client.close();
    });
    return client;
  };
  const failure = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  it('calls another instance of the callee if one is down', async () => {
    const [away, there] = [await serve(), await serve()];
    await open.splice(0, 1)[0]?.();
    let turn = 0;
    const client = clientOf(() => (turn++ % 2 === 0 ? away : there), { retries: 1 });
    for (let call = 0; call < 4; call += 1)
      expect(await client.GetPayment({ order_id: 'o' })).toEqual({ payment: null });
  });

  it.each([
    ['forged', status.UNAUTHENTICATED],
    ['not a token', status.UNAUTHENTICATED],
    ['narrow', status.PERMISSION_DENIED],
    ['stranger', status.PERMISSION_DENIED],
    ['proxy', status.PERMISSION_DENIED],
    ['user', status.PERMISSION_DENIED],
  ])('refuses the token %j', async (token, code) => {
    const error = await failure(clientOf(await serve(), { token }).Capture({ order_id: 'o' }));
    expect(error).toBeInstanceOf(GrpcProblem);
    expect(error).toMatchObject({ code });
  });

  it('finds a callee whose address has changed', async () => {
    let port = await serve();
    const client = clientOf(() => port);
    await client.Capture({ order_id: 'o' });
    port = await serve();
    await open.splice(0, 1)[0]?.();
    expect(await client.Capture({ order_id: 'o' })).toMatchObject({ outcome: 'accepted' });
  });

  it('does not start a call whose deadline has passed', async () => {
    const handled: string[] = [];
    const timeoutMs = 50;
    const port = await serve(
      answering(({ order_id }) => {
        handled.push(order_id);
        return Promise.resolve({ outcome: 'accepted', accepted: {} });
      }),
      // The server counts from when the call arrives, which on a busy machine is long after it was made.
      async (token) => {
        await pause(2 * timeoutMs);
        return verify(token);
      },
    );
    const late = await failure(clientOf(port, { timeoutMs }).Capture({ order_id: 'late' }));
    expect(late).toBeInstanceOf(TimedOut);
    await clientOf(port).Capture({ order_id: 'in time' });
    expect(handled).toEqual(['in time']);
  });

  it('serves the standard health protocol', async () => {
    const port = await serve();
    const proto = new URL('../../contracts/grpc/health.proto', import.meta.url);
    const definition = loadService(proto, 'grpc.health.v1.Health');
    const client = new Client(`127.0.0.1:${port}`, clientCredentials({}));
    open.push(() => {
      client.close();
    });
    const check = (service: string): Promise<unknown> =>
      new Promise((resolve) => {
        const { path, requestSerialize, responseDeserialize } = definition['Check'] as MethodDefinition<
          object,
          object
        >;
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, (error, answer) => {
          resolve(error?.code ?? answer);
        });
      });
    expect(await check('')).toEqual({ status: 'SERVING' });
    expect(await check(PAYMENT_SERVICE)).toEqual({ status: 'SERVING' });
    expect(await check('another')).toBe(status.NOT_FOUND);

    const { path, requestSerialize, responseDeserialize } = definition['Watch'] as MethodDefinition<
      object,
      object
    >;
    const watch = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {
      service: '',
    });
    watch.on('error', () => undefined); // cancelled by the end of the server
    expect(await new Promise((resolve) => watch.once('data', resolve))).toEqual({ status: 'SERVING' });
    watch.cancel();
  });

  it('distinguishes a service from a message', () => {
    expect(() => loadService(PAYMENT_PROTO, 'shop.payment.v1.Payment')).toThrow('no service');
    expect(() => loadService(PAYMENT_PROTO, 'Nothing')).toThrow('no service');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { status } from '@grpc/grpc-js';
import { runBecauseOf } from '#adapters/context/cause.ts';
import { makeGrpcClient, type GrpcClient } from '#adapters/grpc/client.ts';
import { openGrpcServer } from '#adapters/grpc/server.ts';
import { serverCredentials } from '#adapters/grpc/tls.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import { systemIds } from '#adapters/system/ids.ts';
import {
  PAYMENT_CONSUMERS,
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  PUBLISHED_PAYMENT_PROTO,
  type GetPaymentAnswer,
  type PaymentCommands,
} from '#contracts/grpc/payment.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { makeGrpcCommands } from '../adapters/grpc/commands.ts';
import { openRig, orderPlaced } from './payment.rig.ts';

describe('the gRPC commands', () => {
  const rig = forEachTest(() => openRig('memory'));
  let orderId: string;
  let payments: GrpcClient<PaymentCommands>;
  /** Calls as another service, whose own token claims the scope. */
  let clientOf: (caller: string) => GrpcClient<PaymentCommands>;
  let closeAll: () => Promise<void>;

  const captured = async (): Promise<void> => {
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    await rig.work();
    await payments.Capture({ order_id: orderId });
    await rig.work();
  };
  const refund = (refund_key: string, amount_minor: number, currency = 'EUR', reason = 'returned') =>
    payments.Refund({ order_id: orderId, refund_key, amount_minor, currency, reason });

  beforeEach(async () => {
    orderId = systemIds.next();
    const { verify, ids, logger, serviceToken } = rig.toolbox;
    const server = await openGrpcServer<PaymentCommands>({
      proto: PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      scope: PAYMENT_SCOPE,
      consumers: PAYMENT_CONSUMERS,
      handlers: makeGrpcCommands(rig.command, rig.queries),
      verify,
      ids,
      logger,
      host: '127.0.0.1',
      port: 0,
      credentials: serverCredentials({}),
    });
    clientOf = (caller) =>
      makeGrpcClient<PaymentCommands>({
        proto: PUBLISHED_PAYMENT_PROTO, // a client built before the last change
        service: PAYMENT_SERVICE,
        scope: PAYMENT_SCOPE,
        audience: 'payment',
        address: () => `127.0.0.1:${server.port}`,
        tokens: (_audience, scope) => serviceToken(caller, scope),
        timeoutMs: 5_000,
        policy: makePolicy({ name: 'payment', timeoutMs: 6_000, retries: 0 }),
      });
    payments = clientOf('order');
    closeAll = async () => {
      payments.close();
      await server.close();
    };
  });

  afterEach(() => closeAll());

  it.each(['notification', 'shipping', 'gateway'])('are refused to %s, with its own key', async (caller) => {
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    await rig.work();
    const stranger = clientOf(caller);
    await expect(stranger.Capture({ order_id: orderId })).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
    });
    await rig.work();
    expect(await rig.paymentOf(orderId)).toMatchObject({ status: 'authorized' });
    stranger.close();
  });

  it('capture, refund and return the state of the payment', async () => {
    await captured();
    expect(await refund('r:1', 998)).toEqual({ outcome: 'accepted', accepted: {} });
    await rig.work();
    const payment = await rig.paymentOf(orderId);
    const expected: GetPaymentAnswer = {
      payment: {
        payment_id: payment?.paymentId ?? '',
        order_id: orderId,
        status: 'captured',
        amount_minor: 4_998,
        captured_minor: 4_998,
        refunded_minor: 998,
        currency: 'EUR',
      },
    };
    expect(await payments.GetPayment({ order_id: orderId })).toEqual(expected);
    expect(payment?.refunds).toEqual([{ key: 'r:1', minor: 998, reason: 'returned', status: 'done' }]);
  });

  it('cancel, even an unknown payment', async () => {
    expect(await payments.Cancel({ order_id: orderId })).toEqual({ outcome: 'accepted', accepted: {} });
    expect(await payments.GetPayment({ order_id: orderId })).toEqual({ payment: null });
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    expect((await rig.work()).done).toEqual([]);
  });

  it('can be repeated', async () => {
    await captured();
    for (const repeat of [
      () => payments.Capture({ order_id: orderId }),
      () => refund('r', 4_998),
      () => refund('r', 4_998),
    ])
      expect(await repeat()).toMatchObject({ outcome: 'accepted' });
    await rig.work();
    expect((await rig.announced()).map(({ type }) => type)).toEqual([
      'payment.authorized',
      'payment.successful',
      'payment.refunded',
    ]);
  });

  it('return the reason of a refusal', async () => {
    const code = (answer: Awaited<ReturnType<typeof refund>>) =>
      answer.outcome === 'refusal' ? answer.refusal.code : answer.outcome;
    expect(code(await payments.Capture({ order_id: orderId }))).toBe('PAYMENT_NOT_FOUND');
    await captured();
    expect(code(await refund('r', 4_999))).toBe('AMOUNT_TOO_HIGH');
    expect(code(await refund('r', 100, 'USD'))).toBe('INVALID_REFUND');
  });

  it('are validated', async () => {
    await expect(payments.Cancel({ order_id: 'x' })).rejects.toThrow('order_id');
    await expect(refund('no spaces', 1)).rejects.toThrow('refund_key');
    await expect(refund('r', 1, 'EUR', 'x'.repeat(201))).rejects.toThrow('reason');
    await expect(refund('r', 2 ** 60)).rejects.toThrow('amount_minor');
  });

  it('are the cause of the events that they publish', async () => {
    await rig.hear(orderPlaced({ orderId, token: await rig.token() }));
    await rig.work();
    const cause = { correlationId: 'checkout-1', causationId: 'checkout-1' };
    await runBecauseOf(cause, () => payments.Capture({ order_id: orderId }));
    await rig.work();
    const [, successful] = await rig.toolbox.announced();
    expect(successful).toMatchObject({ event_type: 'payment.successful', correlation_id: 'checkout-1' });
  });
});

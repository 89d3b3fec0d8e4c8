import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeGrpcClient, type GrpcClient } from '#adapters/grpc/client.ts';
import { openGrpcServer } from '#adapters/grpc/server.ts';
import { serverCredentials } from '#adapters/grpc/tls.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import {
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  PUBLISHED_PAYMENT_PROTO,
  type CommandAnswer,
  type PaymentCommands,
} from '#contracts/grpc/payment.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { grpcPaymentCommands } from '../../adapters/grpc/payment-commands.grpc.ts';

const ORDER = '0190a000-0000-7000-8000-000000000001';

describe('commands to the payment service, in its released protocol', () => {
  let heard: object[];
  let answer: CommandAnswer;
  let payments: GrpcClient<PaymentCommands>;
  let closeAll: () => Promise<void>;
  const answering = async (request: object): Promise<CommandAnswer> => {
    heard.push(request);
    return answer;
  };

  beforeEach(async () => {
    [heard, answer] = [[], { outcome: 'accepted', accepted: {} }];
    const { verify, ids, logger, serviceToken } = await openToolbox('memory', {
      name: 'payment',
      migrations: [],
    });
    const server = await openGrpcServer<PaymentCommands>({
      proto: PUBLISHED_PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      scope: PAYMENT_SCOPE,
      consumers: ['order'],
      handlers: {
        Capture: answering,
        Cancel: answering,
        Refund: answering,
        GetPayment: async () => ({ payment: null }),
      },
      verify,
      ids,
      logger,
      host: '127.0.0.1',
      port: 0,
      credentials: serverCredentials({}),
    });
    payments = makeGrpcClient<PaymentCommands>({
      proto: PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      scope: PAYMENT_SCOPE,
      audience: 'payment',
      address: () => `127.0.0.1:${server.port}`,
      tokens: (_, scope) => serviceToken('order', scope),
      timeoutMs: 5_000,
      policy: makePolicy({ name: 'payment', timeoutMs: 6_000, retries: 0 }),
    });
    closeAll = async () => {
      payments.close();
      await server.close();
    };
  });
  afterEach(() => closeAll());

  it('capture and refund amounts, and are accepted', async () => {
    const commands = grpcPaymentCommands(payments);
    const refund = { orderId: ORDER, refundKey: 'r1', amountMinor: 998, currency: 'EUR', reason: 'scratch' };
    expect(await commands.capture(ORDER)).toEqual({ ok: true, value: undefined });
    expect(await commands.refund(refund)).toEqual({ ok: true, value: undefined });
    expect(heard).toEqual([
      { order_id: ORDER },
      { order_id: ORDER, refund_key: 'r1', amount_minor: 998, currency: 'EUR', reason: 'scratch' },
    ]);
  });

  it('can be refused', async () => {
    answer = { outcome: 'refusal', refusal: { code: 'PAYMENT_NOT_FOUND', detail: 'No such payment.' } };
    expect(await grpcPaymentCommands(payments).capture(ORDER)).toEqual({
      ok: false,
      error: { code: 'PAYMENT_NOT_FOUND', detail: 'No such payment.' },
    });
  });
});

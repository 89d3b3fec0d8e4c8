import type { GrpcClient } from '#adapters/grpc/client.ts';
import { err, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { PaymentCommands as Methods } from '#contracts/grpc/payment.ts';
import type { PaymentCommands } from '../../core/ports/upstreams.ts';

type CommandAnswer = Methods['Capture']['answer'];

const toResult = (answer: CommandAnswer): Result<undefined, Refusal> =>
  answer.outcome === 'accepted' ? ok(undefined) : err(answer.refusal);

export const grpcPaymentCommands = (payments: GrpcClient<Methods>): PaymentCommands => ({
  capture: async (orderId) => toResult(await payments.Capture({ order_id: orderId })),
  refund: async ({ orderId, refundKey, amountMinor, currency, reason }) =>
    toResult(
      await payments.Refund({
        order_id: orderId,
        refund_key: refundKey,
        amount_minor: amountMinor,
        currency,
        reason,
      }),
    ),
});

import { status } from '@grpc/grpc-js';
import { GrpcProblem } from '#adapters/grpc/problem.ts';
import type { GrpcHandlers } from '#adapters/grpc/callee.ts';
import type { CommandAnswer, PaymentCommands } from '#contracts/grpc/payment.ts';
import { isUuid } from '#kernel/ids.ts';
import { money } from '#kernel/money.ts';
import type { Result } from '#kernel/result.ts';
import type { CommandPayment } from '../../core/application/command-payment.ts';
import type { PaymentRefusal } from '../../core/domain/commands.ts';
import { capturedMinor, refundedMinor } from '../../core/domain/payment.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';

const REFUND_KEY = /^[\w.:-]{1,100}$/;
const LONGEST_REASON = 200;

/** The commands of `contracts/grpc/payment.proto`. */
export const makeGrpcCommands = (
  command: CommandPayment,
  queries: PaymentQueries,
): GrpcHandlers<PaymentCommands> => ({
  Capture: async ({ order_id }) => toAnswer(await command.capture(orderIdOf(order_id))),
  Cancel: async ({ order_id }) => toAnswer(await command.cancel(orderIdOf(order_id))),
  Refund: async ({ order_id, refund_key, amount_minor, currency, reason }) => {
    const orderId = orderIdOf(order_id);
    if (!REFUND_KEY.test(refund_key)) throw invalid('refund_key');
    if (!Number.isSafeInteger(amount_minor)) throw invalid('amount_minor');
    if (reason.length > LONGEST_REASON) throw invalid('reason');
    const amount = money(amount_minor, currency);
    return toAnswer(await command.refund({ orderId, key: refund_key, amount, reason }));
  },
  GetPayment: async ({ order_id }) => {
    const payment = await queries.ofOrder(orderIdOf(order_id));
    if (!payment) return { payment: null };
    const { paymentId, orderId, amount } = payment;
    return {
      payment: {
        payment_id: paymentId,
        order_id: orderId,
        status: payment.status,
        amount_minor: amount.minor,
        captured_minor: capturedMinor(payment),
        refunded_minor: refundedMinor(payment),
        currency: amount.currency,
      },
    };
  },
});

const toAnswer = (outcome: Result<unknown, PaymentRefusal>): CommandAnswer =>
  outcome.ok ? { outcome: 'accepted', accepted: {} } : { outcome: 'refusal', refusal: outcome.error };

const orderIdOf = (text: string): string => {
  if (!isUuid(text)) throw invalid('order_id');
  return text;
};

const invalid = (field: string): GrpcProblem =>
  new GrpcProblem(status.INVALID_ARGUMENT, `${field} is not valid.`);

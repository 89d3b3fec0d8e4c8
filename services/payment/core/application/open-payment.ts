import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import type { InJson } from '#kernel/json.ts';
import { runOne } from '#kernel/process.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Open, PaymentRefusal } from '../domain/commands.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';
import type { RunPayments } from './run-payments.ts';

export type OpenRequest = Omit<Open, 'type' | 'paymentId'>;

/** Only this use case stores outcomes under its keys. */
const parseOutcome = (outcome: unknown): Payment => {
  const kept = outcome as InJson<Payment>;
  return { ...kept, createdAt: new Date(kept.createdAt), updatedAt: new Date(kept.updatedAt) };
};

/** Opens the payment of an order, once per order. Returns it as first opened, also for a repeated request. */
export const makeOpenPayment =
  (unitOfWork: UnitOfWork<PaymentTx>, run: RunPayments, ids: Ids) =>
  (
    request: OpenRequest,
    key?: IdempotencyKey,
  ): Promise<Result<Payment, PaymentRefusal | IdempotencyRefusal>> =>
    once(unitOfWork, key, parseOutcome, async (tx): Promise<Result<Payment, PaymentRefusal>> => {
      const { orderId } = request;
      const command: Open = { type: 'open', paymentId: ids.next(), ...request };
      const opened = await runOne(run, tx, { id: orderId, command });
      if (!opened.ok) return opened;
      const { state: payment } = opened.value;
      if (payment?.kind !== 'payment') throw new Error(`order ${orderId} has no payment after opening one`);
      return ok(payment);
    });

export type OpenPayment = ReturnType<typeof makeOpenPayment>;

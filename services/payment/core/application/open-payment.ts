import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import type { InJson } from '#kernel/json.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Open } from '../domain/commands.ts';
import type { PaymentRefusal } from '../domain/decision.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';
import type { CarryOut } from './carry-out.ts';

export type OpenWish = Omit<Open, 'type' | 'paymentId'>;

/** Only this use case keeps outcomes under its keys. */
const recall = (outcome: unknown): Payment => {
  const kept = outcome as InJson<Payment>;
  return { ...kept, createdAt: new Date(kept.createdAt), updatedAt: new Date(kept.updatedAt) };
};

/** Begins the payment of an order, once per order. Answers it as it was then; a repetition, too. */
export const makeOpenPayment =
  (unitOfWork: UnitOfWork<PaymentTx>, carryOut: CarryOut, ids: Ids) =>
  (wish: OpenWish, key?: IdempotencyKey): Promise<Result<Payment, PaymentRefusal | IdempotencyRefusal>> =>
    once(unitOfWork, key, recall, async (tx): Promise<Result<Payment, PaymentRefusal>> => {
      const { orderId } = wish;
      const command: Open = { type: 'open', paymentId: ids.next(), ...wish };
      const opened = await carryOut.one(tx, { orderId, command });
      if (!opened.ok) return opened;
      const payment = (await tx.payments.find([orderId])).get(orderId);
      if (payment?.kind !== 'payment') throw new Error(`the payment of order ${orderId} is not there`);
      return ok(payment);
    });

export type OpenPayment = ReturnType<typeof makeOpenPayment>;

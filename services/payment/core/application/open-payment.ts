import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Open } from '../domain/commands.ts';
import type { PaymentRefusal } from '../domain/decision.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';
import type { CarryOut } from './carry-out.ts';

export type OpenWish = Omit<Open, 'type' | 'paymentId'>;

/** Begins the payment of an order, once per order; answers the order's id. */
export const makeOpenPayment =
  (unitOfWork: UnitOfWork<PaymentTx>, carryOut: CarryOut, ids: Ids) =>
  (wish: OpenWish, key?: IdempotencyKey): Promise<Result<string, PaymentRefusal | IdempotencyRefusal>> =>
    once(unitOfWork, key, String, async (tx): Promise<Result<string, PaymentRefusal>> => {
      const { orderId } = wish;
      const command: Open = { type: 'open', paymentId: ids.next(), ...wish };
      const opened = await carryOut.one(tx, { orderId, command });
      return opened.ok ? ok(orderId) : opened;
    });

export type OpenPayment = ReturnType<typeof makeOpenPayment>;

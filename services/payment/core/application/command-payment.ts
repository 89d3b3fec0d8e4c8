import type { Ids } from '#kernel/ids.ts';
import type { Money } from '#kernel/money.ts';
import { runOne } from '#kernel/process.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { PaymentRefusal, Request } from '../domain/commands.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';
import type { RunPayments } from './run-payments.ts';

export interface RefundRequest {
  readonly orderId: string;
  /** Unique among the refunds of an order. */
  readonly key: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Commands of other services. Each is idempotent; once it resolves, its intent is durable. */
export const makeCommandPayment = (unitOfWork: UnitOfWork<PaymentTx>, run: RunPayments, ids: Ids) => {
  const execute = (id: string, command: Request): Promise<Result<unknown, PaymentRefusal>> =>
    unitOfWork.run((tx) => runOne(run, tx, { id, command }));
  return {
    capture: (orderId: string) => execute(orderId, { type: 'capture' }),
    cancel: (orderId: string) => execute(orderId, { type: 'cancel', orderId, paymentId: ids.next() }),
    refund: ({ orderId, key, amount, reason }: RefundRequest) =>
      execute(orderId, { type: 'refund', key, amount, reason }),
  };
};

export type CommandPayment = ReturnType<typeof makeCommandPayment>;

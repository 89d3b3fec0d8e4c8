import type { Ids } from '#kernel/ids.ts';
import type { Money } from '#kernel/money.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Command } from '../domain/commands.ts';
import type { PaymentTx } from '../ports/payment-tx.ts';
import type { CarryOut, Outcome } from './carry-out.ts';

export interface RefundWish {
  readonly orderId: string;
  /** Tells the refunds of an order apart. */
  readonly key: string;
  readonly amount: Money;
  readonly reason: string;
}

/** The commands of other services. Each is idempotent; when it resolves its intent is durable. */
export const makeCommandPayment = (unitOfWork: UnitOfWork<PaymentTx>, carryOut: CarryOut, ids: Ids) => {
  const command = (orderId: string, wish: Command): Promise<Outcome> =>
    unitOfWork.run((tx) => carryOut.one(tx, { orderId, command: wish }));
  return {
    capture: (orderId: string) => command(orderId, { type: 'capture' }),
    cancel: (orderId: string) => command(orderId, { type: 'cancel', orderId, paymentId: ids.next() }),
    refund: ({ orderId, key, amount, reason }: RefundWish) =>
      command(orderId, { type: 'refund', key, amount, reason }),
  };
};

export type CommandPayment = ReturnType<typeof makeCommandPayment>;

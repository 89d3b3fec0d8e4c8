import type { Ids } from '#kernel/ids.ts';
import type { Money } from '#kernel/money.ts';
import type { Addressed } from '#kernel/process.ts';
import type { Result } from '#kernel/result.ts';
import type { PaymentRefusal, Request } from '../domain/commands.ts';

export interface RefundRequest {
  readonly orderId: string;
  /** Unique among the refunds of an order. */
  readonly key: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Commits a command by order id. */
type Execute = (command: Addressed<Request>) => Promise<Result<unknown, PaymentRefusal>>;

/** Commands of other services. Each is idempotent; once it resolves, its intent is durable. */
export const makeCommandPayment = (execute: Execute, ids: Ids) => ({
  capture: (orderId: string) => execute({ id: orderId, command: { type: 'capture' } }),
  cancel: (orderId: string) =>
    execute({ id: orderId, command: { type: 'cancel', orderId, paymentId: ids.next() } }),
  refund: ({ orderId, key, amount, reason }: RefundRequest) =>
    execute({ id: orderId, command: { type: 'refund', key, amount, reason } }),
});

export type CommandPayment = ReturnType<typeof makeCommandPayment>;

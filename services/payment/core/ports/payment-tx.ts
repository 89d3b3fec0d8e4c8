import type { Aggregates } from '#kernel/process.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { PaymentEvent } from '../domain/events.ts';
import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment, Tombstone } from '../domain/payment.ts';

/** Payment's unit of work. */
export interface PaymentTx extends BaseTx {
  /** By order id. */
  readonly payments: PaymentRepository;
  readonly ledger: Ledger;
}

export type PaymentRepository = Aggregates<Payment | Tombstone, PaymentEvent>;

/** Append-only. */
export interface Ledger {
  /** The unit fails if a transaction does not balance or is already booked. */
  book(...transactions: readonly LedgerTransaction[]): Promise<void>;
}

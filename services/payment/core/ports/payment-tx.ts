import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment, Tombstone } from '../domain/payment.ts';

/** Payment's unit of work. */
export interface PaymentTx extends BaseTx {
  readonly payments: PaymentRepository;
  readonly ledger: Ledger;
}

export interface PaymentRepository {
  /** What is known of the orders, by order id. */
  find(orderIds: readonly string[]): Promise<ReadonlyMap<string, Payment | Tombstone>>;
  /** The unit fails as a `VersionConflict` when one of them was changed since it was found. */
  save(...payments: readonly (Payment | Tombstone)[]): Promise<void>;
}

/** Entries are only ever added. */
export interface Ledger {
  /** The unit fails when a transaction does not balance, or is booked already. */
  book(...transactions: readonly LedgerTransaction[]): Promise<void>;
}

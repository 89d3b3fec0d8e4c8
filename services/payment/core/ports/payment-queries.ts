import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';

/** Reads committed state. Tombstones are not payments. */
export interface PaymentQueries {
  find(paymentId: string): Promise<Payment | undefined>;
  ofOrder(orderId: string): Promise<Payment | undefined>;
  /** All ledger entries of the payment, oldest first. */
  ledger(paymentId: string): Promise<readonly LedgerTransaction[]>;
}

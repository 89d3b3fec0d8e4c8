import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';

/** Reads for people and services; they see what is committed. Tombstones are nobody's payment. */
export interface PaymentQueries {
  find(paymentId: string): Promise<Payment | undefined>;
  ofOrder(orderId: string): Promise<Payment | undefined>;
  /** Everything that was booked for the payment, oldest first. */
  ledger(paymentId: string): Promise<readonly LedgerTransaction[]>;
}

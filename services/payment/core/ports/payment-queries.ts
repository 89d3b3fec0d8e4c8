import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';

/** Reads committed state. Tombstones are not payments. */
export interface PaymentQueries {
  find(paymentId: string): Promise<Payment | undefined>;
  ofOrder(orderId: string): Promise<Payment | undefined>;
  /** A customer's payments, by order ID. */
  ofUser(userId: string, limit: number, after?: string): Promise<readonly Payment[]>;
  /** All ledger entries of the payment, oldest first. */
  ledger(paymentId: string): Promise<readonly LedgerTransaction[]>;
}

export interface PaymentArchive {
  /** Removes name and e-mail address from payments that have ended and were last changed before. */
  forgetPeople(horizon: Date): Promise<void>;
}

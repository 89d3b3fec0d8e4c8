import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { LedgerTransaction } from '../domain/ledger.ts';
import type { Failure, Payment, PaymentStatus } from '../domain/payment.ts';

/** Reads committed state. Tombstones are not payments. */
export interface PaymentQueries {
  find(paymentId: string): Promise<Payment | undefined>;
  ofOrder(orderId: string): Promise<Payment | undefined>;
  /** A customer's payments, by order ID. */
  ofUser(userId: string, limit: number, after?: string): Promise<readonly Payment[]>;
  /** Newest first. */
  page(request: PaymentPageRequest): Promise<PageResult<Payment>>;
  /** All ledger entries of the payment, oldest first. */
  ledger(paymentId: string): Promise<readonly LedgerTransaction[]>;
}

export interface PaymentPageRequest extends PageRequest {
  /** Any by default. */
  readonly status?: PaymentStatus | undefined;
  /** Failed in this step. */
  readonly failedAt?: Failure['stage'] | undefined;
  /** Created then or later. */
  readonly from?: Date | undefined;
}

export interface PaymentArchive {
  /** Removes name and e-mail address from payments that have ended and were last changed before. */
  forgetPeople(horizon: Date): Promise<void>;
}

import type { CreditNote } from '../domain/credit-note.ts';
import type { Invoice } from '../domain/invoice.ts';

/**
 * Serial numbers follow each other without gaps, those of invoices and of credit notes apart: their counter is locked until the unit
 * ends, and a unit that fails gives its numbers back.
 */
export interface InvoiceRepository {
  /** Invoices that other units have committed. */
  find(orderIds: readonly string[]): Promise<readonly Invoice[]>;
  /** Issues invoices for those orders that have none, and returns those of all. */
  issue(drafts: readonly Omit<Invoice, 'serial'>[]): Promise<readonly Invoice[]>;
  /**
   * Issues credit notes for orders.
   * @param lacking those that the orders still lack, in view of all that they have
   */
  credit(
    orderIds: readonly string[],
    lacking: (known: readonly CreditNote[]) => readonly Omit<CreditNote, 'serial'>[],
  ): Promise<void>;
}

/** Reads committed invoices. */
export interface InvoiceQueries {
  of(orderId: string): Promise<Invoice | undefined>;
  /** Oldest first. */
  creditNotesOf(orderId: string): Promise<readonly CreditNote[]>;
}

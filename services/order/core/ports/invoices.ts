import type { Invoice } from '../domain/invoice.ts';

export interface InvoiceRepository {
  /**
   * Issues invoices for those orders that have none, and returns those of all. Serial numbers follow each other without gaps: the
   * counter is locked until the unit ends, and a unit that fails gives its numbers back.
   */
  issue(drafts: readonly Omit<Invoice, 'serial'>[]): Promise<readonly Invoice[]>;
}

/** Reads committed invoices. */
export interface InvoiceQueries {
  of(orderId: string): Promise<Invoice | undefined>;
}

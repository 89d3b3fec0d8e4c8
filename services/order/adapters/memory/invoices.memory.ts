import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import type { Invoice } from '../../core/domain/invoice.ts';
import type { InvoiceQueries, InvoiceRepository } from '../../core/ports/invoices.ts';

export const invoicesOf = (tables: MemoryTables) => tables.table<Invoice>('invoices');

interface Counter {
  readonly last: number;
}

const SERIES = 'invoices';

export const memoryInvoices = (tables: MemoryTables): InvoiceRepository => ({
  issue: (drafts) => {
    const invoices = invoicesOf(tables);
    const counters = tables.table<Counter>('invoice_numbers');
    return Promise.resolve(
      drafts.map((draft) => {
        const known = invoices.get(draft.orderId);
        if (known) return known;
        const serial = (counters.get(SERIES)?.last ?? 0) + 1;
        counters.put(SERIES, { last: serial });
        const invoice = { ...draft, serial };
        invoices.put(draft.orderId, invoice);
        return invoice;
      }),
    );
  },
});

export const memoryInvoiceQueries = ({ committed }: MemoryDatabase): InvoiceQueries => ({
  of: (orderId) => Promise.resolve(invoicesOf(committed).get(orderId)),
});

import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import type { CreditNote } from '../../core/domain/credit-note.ts';
import type { Invoice } from '../../core/domain/invoice.ts';
import type { InvoiceQueries, InvoiceRepository } from '../../core/ports/invoices.ts';

export const invoicesOf = (tables: MemoryTables) => tables.table<Invoice>('invoices');
export const creditNotesOf = (tables: MemoryTables) => tables.table<CreditNote>('credit_notes');

export const creditKey = ({ orderId, refundKey }: Pick<CreditNote, 'orderId' | 'refundKey'>): string =>
  `${orderId} ${refundKey}`;

interface Counter {
  readonly last: number;
}

const next = (tables: MemoryTables, series: 'invoices' | 'credit notes'): number => {
  const counters = tables.table<Counter>('invoice_numbers');
  const serial = (counters.get(series)?.last ?? 0) + 1;
  counters.put(series, { last: serial });
  return serial;
};

export const memoryInvoices = (tables: MemoryTables): InvoiceRepository => ({
  find: (orderIds) => Promise.resolve(orderIds.flatMap((orderId) => invoicesOf(tables).get(orderId) ?? [])),
  issue: (drafts) => {
    const invoices = invoicesOf(tables);
    return Promise.resolve(
      drafts.map((draft) => {
        const known = invoices.get(draft.orderId);
        if (known) return known;
        const invoice = { ...draft, serial: next(tables, 'invoices') };
        invoices.put(draft.orderId, invoice);
        return invoice;
      }),
    );
  },
  credit: async (orderIds, lacking) => {
    const known = creditNotesOf(tables).find(({ orderId }) => orderIds.includes(orderId));
    for (const draft of lacking(known)) {
      const note = { ...draft, serial: next(tables, 'credit notes') };
      creditNotesOf(tables).put(creditKey(note), note);
    }
    await Promise.resolve();
  },
});

export const memoryInvoiceQueries = ({ committed }: MemoryDatabase): InvoiceQueries => ({
  of: (orderId) => Promise.resolve(invoicesOf(committed).get(orderId)),
  creditNotesOf: (orderId) =>
    Promise.resolve(
      creditNotesOf(committed)
        .find((note) => note.orderId === orderId)
        .sort((a, b) => a.serial - b.serial),
    ),
});

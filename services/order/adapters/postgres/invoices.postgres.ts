import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Invoice } from '../../core/domain/invoice.ts';
import type { InvoiceQueries, InvoiceRepository } from '../../core/ports/invoices.ts';

interface Stored {
  readonly orderId: string;
  readonly serial: number;
  readonly document: Omit<Invoice, 'orderId' | 'serial'>;
}

const invoices = declareTable<Stored>({
  name: 'orders.invoices',
  key: ['orderId'],
  columns: { orderId: 'uuid', serial: 'integer', document: 'jsonb' },
  derived: { issued_at: ['timestamptz', ({ document }) => document.issuedAt] },
});

const readInvoices = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<readonly Invoice[]> => {
  const found = await invoices.select(sql, 'where order_id = any($1::uuid[])', [orderIds]);
  return found.map(({ document, ...invoice }) => ({ ...invoice, ...document }));
};

/** Locks the counter until the unit ends: of two units, the later sees what the earlier has issued, or that it has failed. */
const LOCK = `insert into orders.invoice_numbers (series, last) values ('invoices', 0)
  on conflict (series) do update set last = invoice_numbers.last returning last`;

export const postgresInvoices = (tx: SqlTransaction): InvoiceRepository => ({
  issue: async (drafts) => {
    if (drafts.length === 0) return [];
    const [counter] = await tx.execute<{ last: number }>(LOCK, []);
    if (!counter) throw new Error('invoices have no counter');
    const ids = drafts.map(({ orderId }) => orderId);
    const known = await readInvoices(tx, ids);
    const issued = drafts
      .filter(({ orderId }) => !known.some((invoice) => invoice.orderId === orderId))
      .map((draft, index): Invoice => ({ ...draft, serial: counter.last + index + 1 }));
    if (issued.length > 0) {
      await tx.execute('update orders.invoice_numbers set last = last + $1', [issued.length]);
      for (const write of invoices.insert(
        issued.map(({ orderId, serial, ...document }) => ({ orderId, serial, document })),
      ))
        await tx.write(write);
    }
    const all = new Map([...known, ...issued].map((invoice) => [invoice.orderId, invoice]));
    return ids.flatMap((id) => all.get(id) ?? []);
  },
});

export const postgresInvoiceQueries = (sql: Sql): InvoiceQueries => ({
  of: async (orderId) => {
    const [invoice] = await readInvoices(sql, [orderId]);
    return invoice;
  },
});

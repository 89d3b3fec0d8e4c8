import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { CreditNote } from '../../core/domain/credit-note.ts';
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

interface StoredNote extends Pick<CreditNote, 'orderId' | 'refundKey' | 'serial'> {
  readonly document: Omit<CreditNote, 'orderId' | 'refundKey' | 'serial'>;
}

const creditNotes = declareTable<StoredNote>({
  name: 'orders.credit_notes',
  key: ['orderId', 'refundKey'],
  columns: { orderId: 'uuid', refundKey: 'text', serial: 'integer', document: 'jsonb' },
  derived: { issued_at: ['timestamptz', ({ document }) => document.issuedAt] },
});

const readCreditNotes = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<readonly CreditNote[]> => {
  const found = await creditNotes.select(sql, 'where order_id = any($1::uuid[]) order by serial', [orderIds]);
  return found.map(({ document, ...note }) => ({ ...note, ...document }));
};

type Series = 'invoices' | 'credit notes';

/** Locks the counter until the unit ends: of two units, the later sees what the earlier has issued, or that it has failed. */
const LOCK = `insert into orders.invoice_numbers (series, last) values ($1, 0)
  on conflict (series) do update set last = invoice_numbers.last returning last`;

/** The last number of the series. */
const lock = async (tx: SqlTransaction, series: Series): Promise<number> => {
  const [counter] = await tx.execute<{ last: number }>(LOCK, [series]);
  if (!counter) throw new Error(`${series} have no counter`);
  return counter.last;
};

const use = async (tx: SqlTransaction, series: Series, count: number): Promise<void> => {
  await tx.execute('update orders.invoice_numbers set last = last + $1 where series = $2', [count, series]);
};

export const postgresInvoices = (tx: SqlTransaction): InvoiceRepository => ({
  find: (orderIds) => readInvoices(tx, orderIds),
  issue: async (drafts) => {
    if (drafts.length === 0) return [];
    const last = await lock(tx, 'invoices');
    const ids = drafts.map(({ orderId }) => orderId);
    const known = await readInvoices(tx, ids);
    const issued = drafts
      .filter(({ orderId }) => !known.some((invoice) => invoice.orderId === orderId))
      .map((draft, index): Invoice => ({ ...draft, serial: last + index + 1 }));
    if (issued.length > 0) {
      await use(tx, 'invoices', issued.length);
      for (const write of invoices.insert(
        issued.map(({ orderId, serial, ...document }) => ({ orderId, serial, document })),
      ))
        await tx.write(write);
    }
    const all = new Map([...known, ...issued].map((invoice) => [invoice.orderId, invoice]));
    return ids.flatMap((id) => all.get(id) ?? []);
  },
  credit: async (orderIds, lacking) => {
    if (orderIds.length === 0) return;
    const last = await lock(tx, 'credit notes');
    const drafts = lacking(await readCreditNotes(tx, orderIds));
    if (drafts.length === 0) return;
    await use(tx, 'credit notes', drafts.length);
    for (const write of creditNotes.insert(
      drafts.map(({ orderId, refundKey, ...document }, index) => ({
        orderId,
        refundKey,
        serial: last + index + 1,
        document,
      })),
    ))
      await tx.write(write);
  },
});

export const postgresInvoiceQueries = (sql: Sql): InvoiceQueries => ({
  of: async (orderId) => {
    const [invoice] = await readInvoices(sql, [orderId]);
    return invoice;
  },
  creditNotesOf: (orderId) => readCreditNotes(sql, [orderId]),
});

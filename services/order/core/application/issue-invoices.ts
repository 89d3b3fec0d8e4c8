import type { Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { hasPaidOut, lackingCreditNotes, type CreditNote } from '../domain/credit-note.ts';
import { isInvoiced, taxRateOf, type Invoice, type Seller } from '../domain/invoice.ts';
import type { Order } from '../domain/order.ts';
import type { InvoiceQueries } from '../ports/invoices.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { TaxRules } from '../ports/upstreams.ts';

/** Issues the invoices of paid orders, and the credit notes of what was refunded of them, each once; other orders get none. */
export const makeIssueInvoices =
  (taxes: Pick<TaxRules, 'rateFor'>, seller: Seller, clock: Clock) =>
  async (tx: OrderTx, orderIds: readonly string[]): Promise<readonly Invoice[]> => {
    const orders = [...(await tx.orders.find(orderIds)).values()].map(({ state }) => state);
    const issuedAt = clock.now().toISOString();
    const issued = await tx.invoices.issue(
      orders.filter(isInvoiced).map((order) => ({
        orderId: order.orderId,
        issuedAt,
        seller,
        taxRate: taxRateOf(order, taxes.rateFor(order.address)),
      })),
    );
    // An order that is cancelled later keeps its invoice.
    const refunded = orders.filter((order) => hasPaidOut(order, []));
    if (refunded.length === 0) return issued;
    const invoices = [...issued, ...(await tx.invoices.find(refunded.map(({ orderId }) => orderId)))];
    const invoiced = refunded.filter(({ orderId }) => invoices.some((one) => one.orderId === orderId));
    await tx.invoices.credit(
      invoiced.map(({ orderId }) => orderId),
      (known) =>
        invoiced.flatMap((order) =>
          lackingCreditNotes(
            order,
            known.filter(({ orderId }) => orderId === order.orderId),
            issuedAt,
          ),
        ),
    );
    return issued;
  };

export type IssueInvoices = ReturnType<typeof makeIssueInvoices>;

/** The invoice of an order. If it was paid before there were invoices, it gets one now; undefined if it is not paid. */
export const makeInvoiceOf =
  (queries: InvoiceQueries, unitOfWork: UnitOfWork<OrderTx>, issueInvoices: IssueInvoices) =>
  async (order: Order): Promise<Invoice | undefined> => {
    const known = await queries.of(order.orderId);
    if (known || !isInvoiced(order)) return known;
    const [issued] = await unitOfWork.run((tx) => issueInvoices(tx, [order.orderId]));
    return issued;
  };

/** The invoice of an order with its credit notes. Those of refunds from before there were any are issued now. */
export const makeDocumentsOf =
  (
    queries: InvoiceQueries,
    invoiceOf: ReturnType<typeof makeInvoiceOf>,
    unitOfWork: UnitOfWork<OrderTx>,
    issueInvoices: IssueInvoices,
  ) =>
  async (
    order: Order,
  ): Promise<{ readonly invoice: Invoice; readonly creditNotes: readonly CreditNote[] } | undefined> => {
    const invoice = await invoiceOf(order);
    if (!invoice) return undefined;
    const known = await queries.creditNotesOf(order.orderId);
    if (!hasPaidOut(order, known)) return { invoice, creditNotes: known };
    await unitOfWork.run((tx) => issueInvoices(tx, [order.orderId]));
    return { invoice, creditNotes: await queries.creditNotesOf(order.orderId) };
  };

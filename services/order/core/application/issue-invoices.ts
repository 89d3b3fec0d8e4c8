import type { Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { isInvoiced, taxRateOf, type Invoice, type Seller } from '../domain/invoice.ts';
import type { Order } from '../domain/order.ts';
import type { InvoiceQueries } from '../ports/invoices.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { TaxRules } from '../ports/upstreams.ts';

/** Issues the invoices of paid orders, each once; other orders get none. */
export const makeIssueInvoices =
  (taxes: Pick<TaxRules, 'rateFor'>, seller: Seller, clock: Clock) =>
  async (tx: OrderTx, orderIds: readonly string[]): Promise<readonly Invoice[]> => {
    const found = await tx.orders.find(orderIds);
    const issuedAt = clock.now().toISOString();
    return tx.invoices.issue(
      [...found.values()]
        .filter(({ state }) => isInvoiced(state))
        .map(({ state }) => ({
          orderId: state.orderId,
          issuedAt,
          seller,
          taxRate: taxRateOf(state, taxes.rateFor(state.address)),
        })),
    );
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

import { z } from 'zod';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { IssueInvoices } from '../../core/application/issue-invoices.ts';
import { INVOICE } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';

const PAYLOAD = z.object({ orderId: z.string() });

/** Orders were paid. Many invoices share a unit, and so the lock of their numbers. */
export const makeInvoiceTask = (issueInvoices: IssueInvoices): TaskHandler<OrderTx, undefined> => ({
  kind: INVOICE,
  perform: () => Promise.resolve(undefined),
  settle: async (tx, done) => {
    await issueInvoices(
      tx,
      done.map(({ task }) => PAYLOAD.parse(task.payload).orderId),
    );
  },
});

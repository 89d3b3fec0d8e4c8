import { auditedAggregates, auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import type { Order } from '../core/domain/order.ts';
import { correctionsOf } from '../core/domain/order-state.ts';
import type { ReturnEvent } from '../core/domain/returns/events.ts';
import type { Return } from '../core/domain/returns/return.ts';
import type { StaffFile } from '../core/domain/staff-file.ts';
import type { OrderTx } from '../core/ports/order-tx.ts';

/** What the audit trail shows of an order: how it stands, without the customer and their words. Amounts are minor units. */
const show = ({
  status,
  attempt,
  payment,
  cancelRequested,
  hold,
  isUrgent = false,
  cases,
  refunds,
  ...order
}: Order): object => ({
  status,
  attempt,
  payment: payment.status,
  cancelRequested: cancelRequested !== undefined,
  addressChanges: correctionsOf(order),
  onHold: hold !== undefined,
  isUrgent,
  cases: cases.map(({ caseId, kind, state, resolution }) => ({ caseId, kind, state, resolution })),
  refunds: refunds.map((refund) => ({
    refundKey: refund.refundKey,
    amountMinor: refund.amountMinor,
    status: refund.status,
    ...(refund.parts && { parts: refund.parts }),
  })),
  refundedMinor: order.refundedMinor,
  returns: order.returns,
  restocked: order.restocked,
  currency: order.currency,
});

export const audited: Audited<Omit<OrderTx, keyof BaseTx>> = {
  service: 'order',
  repositories: {
    orders: auditedAggregates<Order, OrderEvent>('order', show),
    // Without the words of customers and of staff about them.
    returns: auditedAggregates<Return, ReturnEvent>(
      'return',
      ({ number, state, lines, refundedMinor, offer, exchange }) => ({
        number,
        state,
        lines: lines.map(({ variantId, quantity, received, condition, restocked }) => ({
          variantId,
          quantity,
          received,
          condition,
          restocked,
        })),
        refundedMinor,
        dueMinor: offer?.dueMinor,
        waivedMinor: exchange?.differences?.waivedMinor,
      }),
    ),
    // Without the words of notes, which may be about the customer.
    files: auditedRecords<StaffFile>({
      kind: 'staff file',
      idOf: ({ orderId }) => orderId,
      versionOf: ({ version }) => version,
      show: ({ tags, assignee, notes }) => ({
        tags,
        assignee: assignee?.userId,
        notes: notes.map(({ noteId, author }) => ({ noteId, author: author.userId })),
      }),
    }),
  },
};

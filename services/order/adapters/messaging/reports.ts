import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { HandleReports } from '../../core/application/handle-reports.ts';
import type { OrderCommand } from '../../core/domain/commands.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';

/** What each event of another service means to the order that it is about. */
export const MEANINGS = {
  'inventory.reserved': ({ payload: { attempt } }) => ({ type: 'stock-reserved', attempt }),
  'inventory.out_of_stock': ({ payload: { attempt } }) => ({ type: 'out-of-stock', attempt }),
  'payment.authorized': ({ payload: { brand, last4 } }) => ({ type: 'payment-authorized', brand, last4 }),
  'payment.successful': () => ({ type: 'payment-captured' }),
  'payment.failed': ({ payload: { reason } }) => ({ type: 'payment-failed', reason }),
  'payment.refunded': ({ payload: { amount, currency, refunded_total, refund_id } }) => ({
    type: 'payment-refunded',
    amountMinor: moneyOf(amount, currency).minor,
    totalMinor: moneyOf(refunded_total, currency).minor,
    refundKey: refund_id,
  }),
  'payment.refund_failed': ({ payload: { refund_id, amount, currency, reason } }) => ({
    type: 'refund-failed',
    refundKey: refund_id,
    amountMinor: moneyOf(amount, currency).minor,
    reason,
  }),
  'shipment.created': ({ payload }) => ({
    type: 'parcel-dispatched',
    attempt: payload.attempt,
    parcel: {
      shipmentId: payload.shipment_id,
      carrier: payload.carrier,
      trackingNumber: payload.tracking_number,
      estimatedDelivery: payload.estimated_delivery,
    },
  }),
  'shipment.cancelled': ({ payload: { attempt } }) => ({ type: 'parcel-cancelled', attempt }),
  'shipment.status_updated': ({ payload: { attempt, status, description } }) => ({
    type: 'parcel-moved',
    attempt,
    status,
    detail: description,
  }),
} as const satisfies { readonly [T in EventType]?: (event: EventEnvelope<T>) => OrderCommand };

const handlerOf =
  <T extends keyof typeof MEANINGS>(
    handleReports: HandleReports,
    meaning: (event: EventEnvelope<T>) => OrderCommand,
  ): BatchHandler<OrderTx, T> =>
  (tx, events) =>
    handleReports(
      tx,
      events.map((event) => ({ event, orderId: event.payload.order_id, command: meaning(event) })),
    );

export const reportHandlers = (handleReports: HandleReports): Handlers<OrderTx> => ({
  'inventory.reserved': handlerOf(handleReports, MEANINGS['inventory.reserved']),
  'inventory.out_of_stock': handlerOf(handleReports, MEANINGS['inventory.out_of_stock']),
  'payment.authorized': handlerOf(handleReports, MEANINGS['payment.authorized']),
  'payment.successful': handlerOf(handleReports, MEANINGS['payment.successful']),
  'payment.failed': handlerOf(handleReports, MEANINGS['payment.failed']),
  'payment.refunded': handlerOf(handleReports, MEANINGS['payment.refunded']),
  'payment.refund_failed': handlerOf(handleReports, MEANINGS['payment.refund_failed']),
  'shipment.created': handlerOf(handleReports, MEANINGS['shipment.created']),
  'shipment.cancelled': handlerOf(handleReports, MEANINGS['shipment.cancelled']),
  'shipment.status_updated': handlerOf(handleReports, MEANINGS['shipment.status_updated']),
});

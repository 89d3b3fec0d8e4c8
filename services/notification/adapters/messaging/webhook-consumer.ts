import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { causeOf } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { makeOfferToEndpoints } from '../../core/application/webhooks/schedule-deliveries.ts';
import { wants, type WebhookEndpoint } from '../../core/domain/webhook-endpoint.ts';
import type { WebhookEvent } from '../../core/domain/webhook-events.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

type Offer = BatchHandler<NotificationTx, WebhookEvent>;

/** By event type, so that the contracts know what the service receives. */
const handlersOf = (offer: Offer) =>
  ({
    'order.placed': offer,
    'order.confirmed': offer,
    'order.shipped': offer,
    'order.delivered': offer,
    'order.cancelled': offer,
    'order.refunded': offer,
    'order.refund_settled': offer,
    'return.requested': offer,
    'return.approved': offer,
    'return.rejected': offer,
    'return.received': offer,
    'return.refunded': offer,
    'return.payment_requested': offer,
    'return.exchanged': offer,
    'return.cancelled': offer,
    'order.case_opened': offer,
    'order.case_resolved': offer,
    'payment.authorized': offer,
    'payment.successful': offer,
    'payment.failed': offer,
    'payment.refunded': offer,
    'payment.refund_failed': offer,
    'shipment.created': offer,
    'shipment.status_updated': offer,
    'shipment.cancelled': offer,
    'product.created': offer,
    'product.updated': offer,
    'product.deleted': offer,
    'inventory.availability_changed': offer,
    'inventory.low_stock': offer,
    'inventory.out_of_stock': offer,
    'review.created': offer,
    'review.updated': offer,
    'review.approved': offer,
    'review.rejected': offer,
    'review.deleted': offer,
    'review.rating_changed': offer,
  }) satisfies Handlers<NotificationTx> & Readonly<Record<WebhookEvent, Offer>>;

/**
 * Offers events to the endpoints that exist when a batch arrives. Most shops have few endpoints or none: events that no endpoint wants
 * lead to no unit of work.
 */
export const makeWebhookConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics'>,
  unitOfWork: UnitOfWork<NotificationTx>,
  endpoints: Pick<DocumentQueries<WebhookEndpoint>, 'all'>,
  offerToEndpoints: ReturnType<typeof makeOfferToEndpoints>,
): Subscription => {
  let known: readonly WebhookEndpoint[] = [];
  const offer: Offer = (tx, events) =>
    offerToEndpoints(
      tx,
      known,
      events.map((event) => ({
        message: {
          eventId: event.event_id,
          type: event.event_type,
          timestamp: event.timestamp,
          data: event.payload,
        },
        cause: causeOf(event),
      })),
    );
  const subscription = makeConsumer(toolbox, unitOfWork, 'notification.webhooks', handlersOf(offer), {
    gatherMs: UNHURRIED_MS,
  });
  return {
    ...subscription,
    handle: async (batch, delivery) => {
      known = await endpoints.all();
      const wanted = batch.filter(({ event_type }) => known.some((endpoint) => wants(endpoint, event_type)));
      if (wanted.length > 0) await subscription.handle(wanted, delivery);
    },
  };
};

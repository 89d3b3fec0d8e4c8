import type { EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import type { Publication } from '../../core/domain/events.ts';

/** A publication in its wire format; `version` is the consignment's. */
export const toWire = (publication: Publication, version: number): NewEvent => {
  const { type, orderId, shipmentId, attempt } = publication;
  const event = <T extends EventType>(of: T, payload: EventPayloads[T]): NewEvent<T> => ({
    type: of,
    aggregateId: shipmentId,
    aggregateVersion: version,
    key: orderId,
    payload,
  });
  switch (type) {
    case 'shipment.cancelled':
      return event(type, { order_id: orderId, attempt, cancelled_at: publication.at.toISOString() });
    case 'shipment.held': {
      const { instruction, at } = publication;
      return event(type, { order_id: orderId, attempt, instruction, held_at: at.toISOString() });
    }
    case 'shipment.readdressed': {
      const { correction, at } = publication;
      return event(type, { order_id: orderId, attempt, correction, readdressed_at: at.toISOString() });
    }
    case 'shipment.created': {
      const { parcel, label, correction, at } = publication;
      const { customer, carrier, service, items } = parcel;
      return event(type, {
        order_id: orderId,
        attempt,
        customer: { user_id: customer.userId, email: customer.email, name: customer.name },
        shipment_id: shipmentId,
        carrier,
        service,
        tracking_number: label.trackingNumber,
        items: items.map(({ productId, variantId, quantity }) => ({
          product_id: productId,
          variant_id: variantId,
          quantity,
        })),
        estimated_delivery: label.estimatedDelivery,
        ...(correction === 0 ? {} : { correction }),
        created_at: at.toISOString(),
      });
    }
    case 'shipment.status_updated': {
      const { status, description, occurredAt } = publication.news;
      return event(type, {
        order_id: orderId,
        attempt,
        shipment_id: shipmentId,
        status,
        description,
        occurred_at: occurredAt.toISOString(),
      });
    }
  }
};

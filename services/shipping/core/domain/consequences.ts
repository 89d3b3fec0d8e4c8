import { after } from '#kernel/clock.ts';
import type { EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { carrierIdOf, shipmentOf, type Consignment, type Parcel } from './consignment.ts';
import { dispatchKey, dispatchTask, voidLabelTask } from './dispatch-tasks.ts';
import type { ShippingEvent } from './shipping-events.ts';

/** What must be committed together with an event. */
export interface Consequences {
  readonly announce?: NewEvent;
  readonly promise?: NewTask;
  /** Key of a task that is not wanted any more. */
  readonly drop?: string;
}

/**
 * @param consignment as the event left it
 * @param delayMs between an order's release and its dispatch
 */
export const consequencesOf = (
  event: ShippingEvent,
  consignment: Consignment,
  delayMs: number,
): Consequences => {
  const { orderId } = consignment;
  switch (event.type) {
    case 'scheduled':
      return { promise: dispatchTask(orderId, event.attempt, after(event.at, delayMs)) };
    case 'called_off':
      return {
        ...(event.wasScheduled ? { drop: dispatchKey(orderId, event.attempt) } : {}),
        ...(event.wasAsked ? { announce: cancelled(event, consignment) } : {}),
      };
    case 'dispatched':
      return { announce: created(event, consignment) };
    case 'label_discarded': {
      const { parcel } = known(consignment, event.attempt);
      const label = { carrierId: carrierIdOf(parcel.optionId), trackingNumber: event.label.trackingNumber };
      return { promise: voidLabelTask(orderId, event.attempt, label) };
    }
    case 'moved':
      return { announce: moved(event, consignment) };
    case 'paid':
    case 'order_cancelled':
    case 'confirmed':
    case 'labelling_begun':
      return {};
  }
};

type Of<Type extends ShippingEvent['type']> = Extract<ShippingEvent, { readonly type: Type }>;

const announce = <T extends EventType>(
  type: T,
  { orderId, version }: Consignment,
  shipmentId: string,
  payload: EventPayloads[T],
): NewEvent<T> => ({ type, aggregateId: shipmentId, aggregateVersion: version, key: orderId, payload });

const cancelled = ({ shipmentId, attempt, at }: Of<'called_off'>, consignment: Consignment): NewEvent =>
  announce('shipment.cancelled', consignment, shipmentId, {
    order_id: consignment.orderId,
    attempt,
    cancelled_at: at.toISOString(),
  });

const created = ({ attempt, label, at }: Of<'dispatched'>, consignment: Consignment): NewEvent => {
  const { shipmentId, parcel } = known(consignment, attempt);
  const { customer, carrier, service, items } = parcel;
  return announce('shipment.created', consignment, shipmentId, {
    order_id: consignment.orderId,
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
    created_at: at.toISOString(),
  });
};

const moved = ({ attempt, news }: Of<'moved'>, consignment: Consignment): NewEvent => {
  const { shipmentId } = known(consignment, attempt);
  return announce('shipment.status_updated', consignment, shipmentId, {
    order_id: consignment.orderId,
    attempt,
    shipment_id: shipmentId,
    status: news.status,
    description: news.description,
    occurred_at: news.occurredAt.toISOString(),
  });
};

/** Whatever gets a label has a parcel. */
const known = (
  consignment: Consignment,
  attempt: number,
): { readonly shipmentId: string; readonly parcel: Parcel } => {
  const shipment = shipmentOf(consignment, attempt);
  if (!shipment?.parcel) throw new Error(`${consignment.orderId} has no parcel ${attempt}`);
  return { shipmentId: shipment.shipmentId, parcel: shipment.parcel };
};

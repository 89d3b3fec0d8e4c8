import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/shipping.ts';
import type { Consignment, Shipment } from '../../core/domain/consignment.ts';
import type { Quote } from '../../core/ports/carrier.ts';

type Schemas = components['schemas'];

/** A parcel that was cancelled before its order arrived has nothing to show. */
export const fromConsignment = ({ orderId, shipments }: Consignment): Schemas['Tracking'] => ({
  order_id: orderId,
  shipments: shipments.flatMap(fromShipment).reverse(),
});

const fromShipment = ({
  shipmentId,
  attempt,
  status,
  parcel,
  label,
  history,
}: Shipment): Schemas['Shipment'][] => {
  if (!parcel) return [];
  const dispatched = label
    ? [{ status: 'dispatched', description: `Handed to ${parcel.carrier}`, occurredAt: label.boughtAt }]
    : [];
  return [
    {
      shipment_id: shipmentId,
      attempt,
      status,
      carrier: parcel.carrier,
      service: parcel.service,
      ...(label
        ? { tracking_number: label.trackingNumber, estimated_delivery: label.estimatedDelivery }
        : {}),
      history: [...dispatched, ...history].map((entry) => ({
        status: entry.status,
        description: entry.description,
        occurred_at: entry.occurredAt.toISOString(),
      })),
    },
  ];
};

export const fromQuote = (quote: Quote): Schemas['ShippingQuote'] => ({
  option_id: quote.optionId,
  carrier: quote.carrier,
  service: quote.service,
  price: toDecimal(quote.price),
  currency: quote.price.currency,
  estimated_delivery: quote.estimatedDelivery,
});

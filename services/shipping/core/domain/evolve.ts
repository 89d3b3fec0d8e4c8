import type { Consignment, Shipment } from './consignment.ts';
import type { ShippingEvent } from './events.ts';

/** An unknown order. */
export const unknown = (orderId: string): Consignment => ({
  orderId,
  isPaid: false,
  isCancelled: false,
  shipments: [],
});

/** The consignment after the events. */
export const evolve = (consignment: Consignment, event: ShippingEvent): Consignment => {
  switch (event.type) {
    case 'paid':
      return { ...consignment, isPaid: true };
    case 'order_cancelled':
      return { ...consignment, isCancelled: true };
    case 'confirmed': {
      const { shipmentId, attempt, parcel } = event;
      // A cancelled parcel stays cancelled, but its contents are known from now on.
      return withShipment(consignment, attempt, (known = begun(shipmentId, attempt)) => ({
        ...known,
        parcel: known.address ? { ...parcel, address: known.address } : parcel,
        address: undefined,
      }));
    }
    case 'instructed': {
      const { shipmentId, attempt, handling, instruction } = event;
      return withShipment(consignment, attempt, (known) => ({
        ...(known ?? begun(shipmentId, attempt)),
        handling,
        instruction,
      }));
    }
    case 'readdressed': {
      const { shipmentId, attempt, address, correction } = event;
      return withShipment(consignment, attempt, (known = begun(shipmentId, attempt)) =>
        known.parcel
          ? { ...known, correction, parcel: { ...known.parcel, address } }
          : { ...known, correction, address },
      );
    }
    case 'called_off': {
      const { shipmentId, attempt } = event;
      return withShipment(consignment, attempt, (known) => ({
        ...(known ?? begun(shipmentId, attempt)),
        status: 'cancelled',
        address: undefined,
      }));
    }
    default:
      return withShipment(consignment, event.attempt, (known) => {
        if (!known) throw new Error(`${event.type} happened to no shipment`);
        return { ...known, ...changeBy(event, known) };
      });
  }
};

const begun = (shipmentId: string, attempt: number): Shipment => ({
  shipmentId,
  attempt,
  status: 'waiting',
  handling: 'scheduled',
  instruction: 0,
  correction: 0,
  address: undefined,
  parcel: undefined,
  label: undefined,
  history: [],
});

const withShipment = (
  consignment: Consignment,
  attempt: number,
  change: (known: Shipment | undefined) => Shipment,
): Consignment => {
  const others = consignment.shipments.filter((shipment) => shipment.attempt !== attempt);
  const changed = change(consignment.shipments.find((shipment) => shipment.attempt === attempt));
  return { ...consignment, shipments: [...others, changed].sort((a, b) => a.attempt - b.attempt) };
};

type OfKnownShipment = Extract<
  ShippingEvent,
  { readonly type: 'scheduled' | 'labelling_begun' | 'dispatched' | 'label_discarded' | 'moved' }
>;

const changeBy = (event: OfKnownShipment, { history }: Shipment): Partial<Shipment> => {
  switch (event.type) {
    case 'scheduled':
      return { status: 'scheduled' };
    case 'labelling_begun':
      return { status: 'labelling' };
    case 'dispatched':
      return { status: 'dispatched', label: event.label };
    case 'label_discarded':
      return { status: 'cancelled' };
    case 'moved':
      return { status: event.news.status, history: [...history, event.news] };
  }
};

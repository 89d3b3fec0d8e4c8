import {
  carrierIdOf,
  type Consignment,
  type Label,
  type Parcel,
  type Shipment,
  type ShipmentStatus,
  type Tracked,
} from '../../core/domain/consignment.ts';

/** An order with one of its shipments; one row with nulls where it has none. */
export type JoinedRow = OrderRow & (ShipmentRow | { readonly shipment_id: null });

interface OrderRow {
  readonly order_id: string;
  readonly version: number;
  readonly paid: boolean;
  readonly cancelled: boolean;
}

interface ShipmentRow {
  readonly shipment_id: string;
  readonly attempt: number;
  readonly status: ShipmentStatus;
  readonly parcel: Parcel | null;
  readonly tracking_id: string | null;
  readonly estimated_delivery: string | null;
  readonly labelled_at: Date | null;
  readonly history: readonly (Omit<Tracked, 'occurredAt'> & { readonly occurredAt: string })[];
}

export const JOINED = `
  select o.order_id, o.version, o.paid, o.cancelled, s.shipment_id, s.attempt, s.status, s.parcel, s.tracking_id,
    s.estimated_delivery, s.labelled_at, s.history
  from shipping.orders o left join shipping.shipments s on s.order_id = o.order_id`;

/** @param rows by order and attempt */
export const fromRows = (rows: readonly JoinedRow[]): Consignment[] =>
  [...Map.groupBy(rows, ({ order_id }) => order_id).values()].flatMap((same) =>
    same.slice(0, 1).map(({ order_id, version, paid, cancelled }) => ({
      orderId: order_id,
      version,
      isPaid: paid,
      isCancelled: cancelled,
      shipments: same.flatMap((row) => (row.shipment_id === null ? [] : [toShipment(row)])),
    })),
  );

const toShipment = (row: ShipmentRow): Shipment => ({
  shipmentId: row.shipment_id,
  attempt: row.attempt,
  status: row.status,
  parcel: row.parcel ?? undefined,
  label: labelOf(row),
  history: row.history.map((tracked) => ({ ...tracked, occurredAt: new Date(tracked.occurredAt) })),
});

const labelOf = ({ tracking_id, estimated_delivery, labelled_at }: ShipmentRow): Label | undefined =>
  tracking_id === null || estimated_delivery === null || labelled_at === null
    ? undefined
    : { trackingNumber: tracking_id, estimatedDelivery: estimated_delivery, boughtAt: labelled_at };

/** Columns with their types, in the order of `valuesOf`. */
export const SHIPMENT_COLUMNS = {
  shipment_id: 'uuid',
  order_id: 'uuid',
  attempt: 'integer',
  status: 'text',
  user_id: 'uuid',
  carrier: 'text',
  parcel: 'jsonb',
  tracking_id: 'text',
  estimated_delivery: 'date',
  labelled_at: 'timestamptz',
  history: 'jsonb',
} as const;

export const valuesOf = (orderId: string, shipment: Shipment): readonly unknown[] => {
  const { shipmentId, attempt, status, parcel, label, history } = shipment;
  return [
    shipmentId, orderId, attempt, status, parcel?.customer.userId ?? null,
    parcel ? carrierIdOf(parcel.optionId) : null, parcel ? JSON.stringify(parcel) : null,
    label?.trackingNumber ?? null, label?.estimatedDelivery ?? null, label?.boughtAt ?? null, JSON.stringify(history),
  ]; // prettier-ignore
};

import { postgresAggregates } from '#adapters/postgres/aggregates.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable, guarded } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Change, Versioned } from '#kernel/process.ts';
import {
  carrierIdOf,
  type Consignment,
  type Label,
  type Parcel,
  type Shipment,
  type ShipmentStatus,
  type Tracked,
} from '../../core/domain/consignment.ts';
import type { ShippingEvent } from '../../core/domain/events.ts';
import type { ConsignmentRepository } from '../../core/ports/shipping-tx.ts';

const orders = declareTable<Change<Consignment, ShippingEvent>>(
  {
    name: 'shipping.orders',
    columns: {
      order_id: ['uuid', ({ id }) => id],
      version: ['integer', ({ version }) => version],
      paid: ['boolean', ({ state }) => state.isPaid],
      cancelled: ['boolean', ({ state }) => state.isCancelled],
    },
  },
  'order_id',
);

const shipments = declareTable<Shipment & { readonly orderId: string }>(
  {
    name: 'shipping.shipments',
    columns: {
      shipment_id: ['uuid', ({ shipmentId }) => shipmentId],
      order_id: ['uuid', ({ orderId }) => orderId],
      attempt: ['integer', ({ attempt }) => attempt],
      status: ['text', ({ status }) => status],
      user_id: ['uuid', ({ parcel }) => parcel?.customer.userId],
      carrier: ['text', ({ parcel }) => parcel && carrierIdOf(parcel.optionId)],
      parcel: ['jsonb', ({ parcel }) => parcel],
      tracking_id: ['text', ({ label }) => label?.trackingNumber],
      estimated_delivery: ['date', ({ label }) => label?.estimatedDelivery],
      labelled_at: ['timestamptz', ({ label }) => label?.boughtAt],
      history: ['jsonb', ({ history }) => history],
    },
  },
  'shipment_id',
);

export const postgresConsignmentRepository = (tx: SqlTransaction): ConsignmentRepository =>
  postgresAggregates(
    tx,
    { kind: 'consignments' },
    {
      read: async (sql, orderIds) => {
        const found = await readConsignments(sql, 'o.order_id = any($1::uuid[])', orderIds);
        return new Map(found.map((one) => [one.state.orderId, one]));
      },
      write: (changes) => [
        ...guarded(orders, changes),
        ...shipments.upsert(
          changes.flatMap(({ id: orderId, state }) => state.shipments.map((one) => ({ ...one, orderId }))),
        ),
      ],
    },
  );

/** Consignments that match a condition on `$1`. */
export const readConsignments = async (
  sql: Pick<Sql, 'query'>,
  condition: string,
  param: unknown,
): Promise<Versioned<Consignment>[]> => {
  const rows = await sql.query<JoinedRow>(
    `select o.order_id, o.version, o.paid, o.cancelled, s.shipment_id, s.attempt, s.status, s.parcel, s.tracking_id,
       s.estimated_delivery, s.labelled_at, s.history
     from shipping.orders o left join shipping.shipments s on s.order_id = o.order_id
     where ${condition} order by o.order_id, s.attempt`,
    [param],
  );
  return [...Map.groupBy(rows, ({ order_id }) => order_id).values()].flatMap((same) =>
    same.slice(0, 1).map(({ order_id: orderId, version, paid: isPaid, cancelled: isCancelled }) => ({
      state: {
        orderId,
        isPaid,
        isCancelled,
        shipments: same.flatMap((row) => (row.shipment_id === null ? [] : [toShipment(row)])),
      },
      version,
    })),
  );
};

/** An order with one of its shipments; one row with nulls if it has none. */
type JoinedRow = OrderRow & (ShipmentRow | { readonly shipment_id: null });

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

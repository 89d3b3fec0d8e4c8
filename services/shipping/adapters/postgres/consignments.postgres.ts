import { guarded, postgresAggregates } from '#adapters/postgres/aggregates.ts';
import type { Row } from '#adapters/postgres/columns.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { InJson } from '#kernel/json.ts';
import type { Versioned } from '#kernel/process.ts';
import { carrierIdOf, type Consignment, type Shipment, type Tracked } from '../../core/domain/consignment.ts';
import type { ConsignmentRepository } from '../../core/ports/shipping-tx.ts';

type StoredOrder = Omit<Consignment, 'shipments'> & { readonly version: number };

const orders = declareTable<StoredOrder>({
  name: 'shipping.orders',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    version: 'integer',
    isPaid: ['boolean', 'paid'],
    isCancelled: ['boolean', 'cancelled'],
  },
});

interface StoredShipment extends Omit<Shipment, 'history'> {
  readonly orderId: string;
  readonly history: readonly InJson<Tracked>[];
}

const shipments = declareTable<StoredShipment>({
  name: 'shipping.shipments',
  key: ['shipmentId'],
  columns: {
    shipmentId: 'uuid',
    orderId: 'uuid',
    attempt: 'integer',
    status: 'text',
    handling: 'text',
    instruction: 'integer',
    correction: 'integer',
    address: 'jsonb',
    parcel: 'jsonb',
    label: {
      trackingNumber: ['text', 'tracking_id'],
      estimatedDelivery: 'date',
      boughtAt: ['timestamptz', 'labelled_at'],
    },
    history: 'jsonb',
  },
  derived: {
    user_id: ['uuid', ({ parcel }) => parcel?.customer.userId],
    carrier: ['text', ({ parcel }) => parcel && carrierIdOf(parcel.optionId)],
  },
});

const toStored = (orderId: string, shipment: Shipment): StoredShipment => ({
  ...shipment,
  orderId,
  history: shipment.history.map((one) => ({ ...one, occurredAt: one.occurredAt.toISOString() })),
});

const fromStored = ({ orderId: _, history, ...shipment }: StoredShipment): Shipment => ({
  ...shipment,
  history: history.map((one) => ({ ...one, occurredAt: new Date(one.occurredAt) })),
});

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
        ...guarded(orders, changes, ({ state, version }) => ({ ...state, version })),
        ...shipments.upsert(
          changes.flatMap(({ id, state }) => state.shipments.map((shipment) => toStored(id, shipment))),
        ),
      ],
    },
  );

/** A customer's shipments, by shipment ID. */
export const readShipmentsOfUser = async (
  sql: Pick<Sql, 'query'>,
  userId: string,
  limit: number,
  after: string | undefined,
): Promise<readonly (Shipment & { readonly orderId: string })[]> => {
  const found = await shipments.select(
    sql,
    'where user_id = $1 and ($3::uuid is null or shipment_id > $3) order by shipment_id limit $2',
    [userId, limit, after ?? null],
  );
  return found.map((stored) => ({ ...fromStored(stored), orderId: stored.orderId }));
};

/** Consignments that match a condition on `$1`. */
export const readConsignments = async (
  sql: Pick<Sql, 'query'>,
  condition: string,
  param: unknown,
): Promise<Versioned<Consignment>[]> => {
  // An order without shipments has one row with nulls for them. Both have an `order_id`: the last one counts.
  const rows = await sql.query<Row>(
    `select ${shipments.columns('s')}, ${orders.columns('o')}
     from shipping.orders o left join shipping.shipments s on s.order_id = o.order_id
     where ${condition} order by o.order_id, s.attempt`,
    [param],
  );
  return [...Map.groupBy(rows, ({ order_id }) => order_id).values()].flatMap((same) =>
    same.slice(0, 1).map((row) => {
      const { version, ...order } = orders.of(row);
      const all = same.filter(({ shipment_id }) => shipment_id !== null);
      return { version, state: { ...order, shipments: all.map(shipments.of).map(fromStored) } };
    }),
  );
};

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Consignment } from '../../core/domain/consignment.ts';
import type { ConsignmentRepository } from '../../core/ports/shipping-tx.ts';
import { fromRows, JOINED, SHIPMENT_COLUMNS, valuesOf, type JoinedRow } from './shipment-row.ts';

/** Reads without a lock; what a unit has saved goes out in one statement, guarded by the versions it had found. */
export const postgresConsignmentRepository = (tx: SqlTransaction): ConsignmentRepository => {
  /** Version in the store: none for what is not there. */
  const found = new Map<string, number>();
  const saved = new Map<string, Consignment>();

  const flush = async (): Promise<void> => {
    const sorted = [...saved.values()].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    const inserts = sorted.filter(({ orderId }) => !found.has(orderId));
    const updates = sorted.filter(({ orderId }) => found.has(orderId));
    if (inserts.length > 0)
      await tx.write({ table: 'orders', text: INSERT, params: ordersOf(inserts), rows: inserts.length });
    if (updates.length > 0) {
      const versions = updates.map(({ orderId }) => found.get(orderId));
      const params = [...ordersOf(updates), versions];
      await tx.write({ table: 'orders', text: UPDATE, params, rows: updates.length });
    }
    const rows = sorted.flatMap(({ orderId, shipments }) => shipments.map((one) => valuesOf(orderId, one)));
    if (rows.length > 0) {
      const params = names.map((_, column) => rows.map((row) => row[column]));
      await tx.write({ table: 'shipments', text: UPSERT_SHIPMENTS, params });
    }
  };

  return {
    find: async (orderIds) => {
      const unseen = orderIds.filter((orderId) => !saved.has(orderId));
      const rows =
        unseen.length === 0
          ? []
          : await tx.query<JoinedRow>(
              `${JOINED} where o.order_id = any($1::uuid[]) order by o.order_id, s.attempt`,
              [unseen],
            );
      const consignments = fromRows(rows);
      for (const { orderId, version } of consignments) found.set(orderId, version);
      const own = orderIds.flatMap((orderId) => saved.get(orderId) ?? []);
      return new Map([...consignments, ...own].map((one) => [one.orderId, one]));
    },
    save: async (...consignments) => {
      if (saved.size === 0 && consignments.length > 0) tx.beforeCommit(flush);
      for (const consignment of consignments) saved.set(consignment.orderId, consignment);
      await Promise.resolve();
    },
  };
};

const INSERT = `
  insert into shipping.orders (order_id, version, paid, cancelled)
  select * from unnest($1::uuid[], $2::integer[], $3::boolean[], $4::boolean[]) on conflict do nothing`;

const UPDATE = `
  update shipping.orders o set version = changed.version, paid = changed.paid, cancelled = changed.cancelled
  from unnest($1::uuid[], $2::integer[], $3::boolean[], $4::boolean[], $5::integer[])
    as changed (order_id, version, paid, cancelled, found_version)
  where o.order_id = changed.order_id and o.version = changed.found_version`;

const ordersOf = (consignments: readonly Consignment[]): unknown[] => [
  consignments.map(({ orderId }) => orderId),
  consignments.map(({ version }) => version),
  consignments.map(({ isPaid }) => isPaid),
  consignments.map(({ isCancelled }) => isCancelled),
];

const names = Object.keys(SHIPMENT_COLUMNS);
const arrays = Object.values(SHIPMENT_COLUMNS).map((type, index) => `$${index + 1}::${type}[]`);

const UPSERT_SHIPMENTS = `
  insert into shipping.shipments (${names.join(', ')}) select * from unnest(${arrays.join(', ')})
  on conflict (shipment_id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;

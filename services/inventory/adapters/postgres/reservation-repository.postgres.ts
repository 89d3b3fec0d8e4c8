import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Line, Reservation, ReservationStatus } from '../../core/domain/reservation.ts';
import type { ReservationRepository } from '../../core/ports/inventory-tx.ts';

interface ReservationRow {
  readonly order_id: string;
  readonly attempt: number;
  readonly status: ReservationStatus;
  readonly lines: readonly Line[];
  readonly version: number;
}

const keyOf = ({ orderId, attempt }: Reservation): string => `${orderId} ${attempt}`;

/** Rows have a version, so that a unit that read stale data fails instead of deciding twice. */
export const postgresReservationRepository = (tx: SqlTransaction): ReservationRepository => {
  const versions = new Map<string, number>();
  const known = new Map<string, Reservation>();
  const saved = new Map<string, Reservation>();

  const flush = (): Promise<void> => {
    const rows = [...saved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reservation]) => reservation);
    return tx.write({
      table: 'reservations',
      text: UPSERT,
      params: [
        rows.map(({ orderId }) => orderId),
        rows.map(({ attempt }) => attempt),
        rows.map(({ status }) => status),
        rows.map(({ lines }) => JSON.stringify(lines)),
        rows.map((row) => (versions.get(keyOf(row)) ?? 0) + 1),
      ],
      rows: rows.length,
    });
  };

  return {
    find: async (orderIds) => {
      const rows = await tx.query<ReservationRow>(
        `select order_id, attempt, status, lines, version from inventory.reservations
         where order_id = any($1::uuid[])`,
        [orderIds],
      );
      for (const { order_id, attempt, status, lines, version } of rows) {
        const reservation = { orderId: order_id, attempt, status, lines };
        versions.set(keyOf(reservation), version);
        known.set(keyOf(reservation), reservation);
      }
      for (const [key, reservation] of saved) known.set(key, reservation);
      const wanted = new Set(orderIds);
      return [...known.values()].filter(({ orderId }) => wanted.has(orderId));
    },
    save: async (reservations) => {
      if (reservations.length > 0 && saved.size === 0) tx.beforeCommit(flush);
      for (const reservation of reservations) saved.set(keyOf(reservation), reservation);
      await Promise.resolve();
    },
  };
};

const UPSERT = `
  insert into inventory.reservations (order_id, attempt, status, lines, version)
  select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::jsonb[], $5::integer[])
  on conflict (order_id, attempt) do update
  set status = excluded.status, lines = excluded.lines, version = excluded.version
  where reservations.version = excluded.version - 1`;

import { recallFrom } from '#adapters/postgres/recall.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Line, Reservation, ReservationStatus } from '../../core/domain/reservation.ts';
import type { ReservationRepository } from '../../core/ports/inventory-tx.ts';

/** Rows have a version, so that a unit that read stale data fails instead of deciding twice. */
interface Attempt extends Reservation {
  readonly version: number;
}

/** The reservations of an order; their versions add up to its version. */
interface Attempts {
  readonly version: number;
  readonly all: readonly Attempt[];
}

const attemptsOf = (all: readonly Attempt[]): Attempts => ({
  version: all.reduce((sum, { version }) => sum + version, 0),
  all,
});

const reservationOf = ({ version: _, ...reservation }: Attempt): Reservation => reservation;

export const postgresReservationRepository = (tx: SqlTransaction): ReservationRepository => {
  const recalled = recallFrom<Attempts>(tx, { kind: 'reservations' });
  const found = new Map<string, readonly Attempt[]>();
  /** By order and attempt, each one version after the found one. */
  const saved = new Map<string, Attempt>();

  const foundOf = (orderId: string): readonly Attempt[] => found.get(orderId) ?? [];
  const keyOf = ({ orderId, attempt }: Reservation): string => `${orderId} ${attempt}`;
  const next = (reservation: Reservation): Attempt => {
    const before = foundOf(reservation.orderId).find(({ attempt }) => attempt === reservation.attempt);
    return { ...reservation, version: (before?.version ?? 0) + 1 };
  };
  const flush = (): Promise<void> => {
    const rows = [...saved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, attempt]) => attempt);
    return tx.write({
      table: 'reservations',
      text: UPSERT,
      params: [
        rows.map(({ orderId }) => orderId),
        rows.map(({ attempt }) => attempt),
        rows.map(({ status }) => status),
        rows.map(({ lines }) => JSON.stringify(lines)),
        rows.map(({ version }) => version),
      ],
      rows: rows.length,
    });
  };

  return {
    find: async (orderIds) => {
      const known = await recalled.find(orderIds, (unknown) => readAttempts(tx, unknown));
      for (const [orderId, { all }] of known) if (!found.has(orderId)) found.set(orderId, all);
      return [...known.values()].flatMap(({ all }) => all.map(reservationOf));
    },
    save: async (reservations) => {
      if (reservations.length > 0 && saved.size === 0) tx.beforeCommit(flush);
      for (const reservation of reservations) saved.set(keyOf(reservation), next(reservation));
      for (const [orderId, changed] of Map.groupBy(saved.values(), (one) => one.orderId))
        recalled.saved(
          orderId,
          attemptsOf([...foundOf(orderId).filter((one) => !saved.has(keyOf(one))), ...changed]),
        );
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

interface ReservationRow {
  readonly order_id: string;
  readonly attempt: number;
  readonly status: ReservationStatus;
  readonly lines: readonly Line[];
  readonly version: number;
}

const readAttempts = async (
  sql: Pick<SqlTransaction, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Attempts>> => {
  const rows = await sql.query<ReservationRow>(
    `select order_id, attempt, status, lines, version from inventory.reservations
     where order_id = any($1::uuid[])`,
    [orderIds],
  );
  return new Map(
    [...Map.groupBy(rows, ({ order_id }) => order_id)].map(([orderId, some]) => [
      orderId,
      attemptsOf(
        some.map(({ attempt, status, lines, version }) => ({ orderId, attempt, status, lines, version })),
      ),
    ]),
  );
};

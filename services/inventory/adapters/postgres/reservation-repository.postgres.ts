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

/** With the next version of this attempt. */
const withNext = ({ all }: Attempts, reservation: Reservation): Attempts => {
  const before = all.find(({ attempt }) => attempt === reservation.attempt);
  const others = all.filter((one) => one !== before);
  return attemptsOf([...others, { ...reservation, version: (before?.version ?? 0) + 1 }]);
};

export const postgresReservationRepository = (tx: SqlTransaction): ReservationRepository => {
  const recalled = recallFrom<Attempts>(tx, { kind: 'reservations' });
  const found = new Map<string, Attempts>();
  const saved = new Map<string, Reservation>();

  const flush = (): Promise<void> => {
    const rows = [...saved]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, reservation]) => {
        const known = found.get(reservation.orderId)?.all ?? [];
        const before = known.find(({ attempt }) => attempt === reservation.attempt);
        return { ...reservation, version: (before?.version ?? 0) + 1 };
      });
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
      for (const [orderId, attempts] of known) if (!found.has(orderId)) found.set(orderId, attempts);
      return [...known.values()].flatMap(({ all }) => all.map(reservationOf));
    },
    save: async (reservations) => {
      if (reservations.length > 0 && saved.size === 0) tx.beforeCommit(flush);
      for (const reservation of reservations)
        saved.set(`${reservation.orderId} ${reservation.attempt}`, reservation);
      for (const [orderId, some] of Map.groupBy(saved.values(), (one) => one.orderId))
        recalled.saved(orderId, some.reduce(withNext, found.get(orderId) ?? attemptsOf([])));
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

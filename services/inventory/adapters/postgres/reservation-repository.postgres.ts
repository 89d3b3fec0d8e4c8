import { postgresRecords } from '#adapters/postgres/records.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Reservation } from '../../core/domain/reservation.ts';
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

const reservations = declareTable<Attempt>({
  name: 'inventory.reservations',
  key: ['orderId', 'attempt'],
  columns: { orderId: 'uuid', attempt: 'integer', status: 'text', lines: 'jsonb', version: 'integer' },
});

const IS_NEXT = 'reservations.version = excluded.version - 1';

const attemptsOf = (all: readonly Attempt[]): Attempts => ({
  version: all.reduce((sum, { version }) => sum + version, 0),
  all,
});

const byOrder = (attempts: readonly Attempt[]): ReadonlyMap<string, Attempts> => {
  const orders = Map.groupBy(attempts, ({ orderId }) => orderId);
  return new Map([...orders].map(([orderId, all]) => [orderId, attemptsOf(all)]));
};

const reservationOf = ({ version: _, ...reservation }: Attempt): Reservation => reservation;
const keyOf = ({ orderId, attempt }: Reservation): string => `${orderId} ${attempt}`;

export const postgresReservationRepository = (tx: SqlTransaction): ReservationRepository => {
  const found = new Map<string, Attempts>();
  /** By order and attempt, each one version after the found one. */
  const saved = new Map<string, Attempt>();

  const foundOf = (orderId: string): Attempts => found.get(orderId) ?? attemptsOf([]);
  const next = (reservation: Reservation): Attempt => {
    const before = foundOf(reservation.orderId).all.find(({ attempt }) => attempt === reservation.attempt);
    return { ...reservation, version: (before?.version ?? 0) + 1 };
  };
  const orders = postgresRecords<Attempts>(
    tx,
    { kind: 'reservations' },
    {
      find: async (sql, orderIds) =>
        byOrder(await reservations.select(sql, 'where order_id = any($1::uuid[])', [orderIds])),
      save: () => {
        const rows = [...saved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, attempt]) => attempt);
        return reservations.upsert(rows, { changing: ['status', 'lines', 'version'], where: IS_NEXT });
      },
    },
  );

  return {
    find: async (orderIds) => {
      const known = await orders.find(orderIds);
      for (const [orderId, attempts] of known) if (!found.has(orderId)) found.set(orderId, attempts);
      return [...known.values()].flatMap(({ all }) => all.map(reservationOf));
    },
    save: async (changed) => {
      for (const reservation of changed) saved.set(keyOf(reservation), next(reservation));
      for (const [orderId, some] of Map.groupBy(saved.values(), (attempt) => attempt.orderId)) {
        const { version, all } = foundOf(orderId);
        const others = all.filter((attempt) => !saved.has(keyOf(attempt)));
        await orders.save(orderId, attemptsOf([...others, ...some]), version);
      }
    },
  };
};

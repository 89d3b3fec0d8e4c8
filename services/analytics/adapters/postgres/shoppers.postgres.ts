import { randomUUID } from 'node:crypto';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Shoppers } from '../../core/ports/analytics-tx.ts';

interface Row {
  readonly user_id: string;
  /** Null for an erased user. */
  readonly shopper_id: string | null;
}

export const postgresShoppers = (tx: SqlTransaction): Shoppers => {
  const among = (userIds: readonly string[]): Promise<Row[]> =>
    tx.query<Row>('select user_id, shopper_id from analytics.shoppers where user_id = any($1::uuid[])', [
      userIds,
    ]);
  const pseudonymsIn = (rows: readonly Row[]): ReadonlyMap<string, string> =>
    new Map(rows.flatMap((row) => (row.shopper_id === null ? [] : [[row.user_id, row.shopper_id] as const])));
  return {
    of: async (userIds) => {
      if (userIds.length === 0) return new Map();
      const found = await among(userIds);
      const known = new Set(found.map((row) => row.user_id));
      // Sorted, so that two units that add the same users do not wait for each other.
      const missing = [...new Set(userIds.filter((id) => !known.has(id)))].sort();
      if (missing.length === 0) return pseudonymsIn(found);
      await tx.execute(
        `insert into analytics.shoppers (user_id, shopper_id) select * from unnest($1::uuid[], $2::uuid[])
         on conflict (user_id) do nothing`,
        [missing, missing.map(() => randomUUID())],
      );
      return pseudonymsIn(await among(userIds)); // another unit may have been faster
    },
    known: async (userIds) => pseudonymsIn(await among(userIds)),
    forget: async (userId) => {
      const [before] = await tx.execute<Row>(
        'select user_id, shopper_id from analytics.shoppers where user_id = $1 for update',
        [userId],
      );
      await tx.execute(
        `insert into analytics.shoppers (user_id) values ($1)
         on conflict (user_id) do update set shopper_id = null`,
        [userId],
      );
      return before !== undefined && before.shopper_id !== null;
    },
  };
};

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';

/** Lets one unit at a time add to what a user has of a kind, also where there is nothing yet. */
export const lockOwn = async (tx: SqlTransaction, kind: string, userId: string): Promise<void> => {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${kind} of ${userId}`]);
};

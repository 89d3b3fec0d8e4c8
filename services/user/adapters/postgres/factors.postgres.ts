import type { Row } from '#adapters/postgres/columns.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Challenge } from '../../core/domain/challenge.ts';
import { noFactors, type Factors } from '../../core/domain/factors.ts';
import type { FactorQueries } from '../../core/ports/user-queries.ts';
import type { ChallengeRepository, FactorRepository } from '../../core/ports/user-tx.ts';

const factors = declareTable<Factors>({
  name: 'users.factors',
  key: ['userId'],
  columns: { userId: 'uuid', totp: 'jsonb', passkeys: 'jsonb', recoveryCodes: 'jsonb' },
});

const challenges = declareTable<Challenge>({
  name: 'users.challenges',
  key: ['digest'],
  columns: {
    digest: 'text',
    purpose: 'text',
    userId: 'uuid',
    credentials: 'integer',
    device: 'text',
    sessionId: 'uuid',
    triesLeft: 'integer',
    expiresAt: 'timestamptz',
  },
});

/** Before all IDs. */
const FIRST = '00000000-0000-0000-0000-000000000000';

export const postgresFactorQueries = (sql: Sql): FactorQueries => ({
  of: async (userId) => (await factors.find(sql, [userId])).get(userId) ?? noFactors(userId),
});

export const postgresFactorRepository = (tx: SqlTransaction): FactorRepository => ({
  lock: async (userId) => {
    const [row] = await tx.execute<Row>(
      `select ${factors.columns('f')} from users.factors f where user_id = $1 for update`,
      [userId],
    );
    return row ? factors.of(row) : noFactors(userId);
  },
  lockAfter: async (userId = FIRST, limit) => {
    const rows = await tx.execute<Row>(
      `select ${factors.columns('f')} from users.factors f where user_id > $1 order by user_id limit $2 for update`,
      [userId, limit],
    );
    return rows.map(factors.of);
  },
  save: async (changed) => {
    for (const write of factors.upsert([changed])) await tx.write(write);
  },
});

export const postgresChallenges = (tx: SqlTransaction): ChallengeRepository => {
  const write = async (writes: ReturnType<typeof challenges.insert>): Promise<void> => {
    for (const one of writes) await tx.write(one);
  };
  return {
    add: (challenge) => write(challenges.insert([challenge])),
    save: (challenge) => write(challenges.upsert([challenge])),
    lock: async (digest) => {
      const [row] = await tx.execute<Row>(
        `select ${challenges.columns('c')} from users.challenges c where digest = $1 for update`,
        [digest],
      );
      return row && challenges.of(row);
    },
    remove: (digest) =>
      tx.write({
        table: 'challenges',
        text: 'delete from users.challenges where digest = $1',
        params: [digest],
      }),
    forgetExpired: (now) =>
      tx.write({
        table: 'challenges',
        text: 'delete from users.challenges where expires_at <= $1',
        params: [now],
      }),
  };
};

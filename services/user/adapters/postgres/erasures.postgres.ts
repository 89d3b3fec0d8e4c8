import { postgresRecords } from '#adapters/postgres/records.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { InJson } from '#kernel/json.ts';
import type { PersonErasure } from '../../core/domain/erasure.ts';
import type { ErasureQueries } from '../../core/ports/user-queries.ts';
import type { ErasureRepository } from '../../core/ports/user-tx.ts';
import { erasuresPage, followsIn } from '../erasure-pages.ts';

interface Stored {
  readonly erasureId: string;
  readonly version: number;
  readonly document: InJson<PersonErasure>;
}

const erasures = declareTable<Stored>({
  name: 'users.erasures',
  key: ['erasureId'],
  columns: { erasureId: 'uuid', version: 'integer', document: 'jsonb' },
  derived: {
    user_id: ['uuid', ({ document }) => document.userId],
    requested_at: ['timestamptz', ({ document }) => document.requestedAt],
    completed_at: ['timestamptz', ({ document }) => document.completedAt],
  },
});

const toStored = (erasure: PersonErasure): Stored => {
  const { erasureId, version, requestedAt, completedAt, ...rest } = erasure;
  const times = {
    requestedAt: requestedAt.toISOString(),
    ...(completedAt && { completedAt: completedAt.toISOString() }),
  };
  return { erasureId, version, document: { ...rest, erasureId, version, ...times } };
};

const fromStored = ({ document }: Stored): PersonErasure => {
  const { requestedAt, completedAt, ...rest } = document;
  return {
    ...rest,
    requestedAt: new Date(requestedAt),
    ...(completedAt !== undefined && { completedAt: new Date(completedAt) }),
  };
};

export const postgresErasures = (tx: SqlTransaction): ErasureRepository => {
  const records = postgresRecords<Stored>(
    tx,
    { kind: 'erasures' },
    { find: erasures.find, save: (changes) => erasures.save(changes) },
  );
  const find = async (erasureId: string): Promise<PersonErasure | undefined> => {
    const stored = (await records.find([erasureId])).get(erasureId);
    return stored && fromStored(stored);
  };
  return {
    find,
    ofUser: async (userId) => {
      const [stored] = await erasures.select(tx, 'where user_id = $1', [userId]);
      return stored && find(stored.erasureId);
    },
    save: (erasure) => records.save(erasure.erasureId, toStored(erasure), erasure.version - 1),
    forgetBefore: (since) =>
      tx.write({
        table: 'erasures',
        text: 'delete from users.erasures where completed_at < $1',
        params: [since],
      }),
  };
};

export const postgresErasureQueries = (sql: Sql): ErasureQueries => ({
  find: async (erasureId) => {
    const [stored] = await erasures.select(sql, 'where erasure_id = $1', [erasureId]);
    return stored && fromStored(stored);
  },
  page: async (request) => {
    const follows = followsIn(request);
    if (!follows.ok) return follows;
    const { isComplete, limit } = request;
    const found = await erasures.select(
      sql,
      `where ($2::uuid is null or erasure_id < $2) and ($3::boolean is null or $3 = (completed_at is not null))
       order by erasure_id desc limit $1`,
      [limit + 1, follows.value ?? null, isComplete ?? null],
    );
    return erasuresPage(found.map(fromStored), limit);
  },
  oldestOpen: async () => {
    const [row] = await sql.query<{ readonly at: Date | null }>(
      'select min(requested_at) as at from users.erasures where completed_at is null',
    );
    return row?.at ?? undefined;
  },
});

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { LakeRow } from '../../core/domain/lake-row.ts';
import type { LakeQueue, LakeRows } from '../../core/ports/lake.ts';

const StoredRow = z.object({
  eventId: z.string(),
  eventType: z.string(),
  eventVersion: z.int(),
  recordedAt: z.string(),
  shopper: z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});

export const postgresLakeRows = (tx: SqlTransaction): LakeRows => ({
  add: async (rows) => {
    if (rows.length === 0) return;
    await tx.write({
      table: 'lake_rows',
      text: 'insert into analytics.lake_rows (body) select * from unnest($1::text[])',
      params: [rows.map((row) => JSON.stringify(row satisfies LakeRow))],
    });
  },
});

export const postgresLakeQueue = (sql: Sql): LakeQueue => ({
  begin: async (limit) => {
    const [begun] = await sql.query<{ readonly batch_id: string }>(
      'select batch_id from analytics.lake_rows where batch_id is not null limit 1',
    );
    const batchId = begun?.batch_id ?? randomUUID();
    if (!begun) await sql.query(BEGIN, [batchId, limit]);
    const found = await sql.query<{ readonly body: string }>(
      'select body from analytics.lake_rows where batch_id = $1 order by row_id',
      [batchId],
    );
    const rows = found.map(({ body }) => StoredRow.parse(JSON.parse(body)));
    return rows.length === 0 ? undefined : { batchId, rows };
  },
  end: async (batchId) => {
    await sql.query('delete from analytics.lake_rows where batch_id = $1', [batchId]);
  },
});

const BEGIN = `
  update analytics.lake_rows set batch_id = $1
  where row_id in (
    select row_id from analytics.lake_rows where batch_id is null order by row_id limit $2 for update skip locked
  )`;

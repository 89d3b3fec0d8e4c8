import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { LakeBatch, LakeRow } from '../../core/domain/lake-row.ts';
import type { Lake } from '../../core/ports/lake.ts';
import { newestColumnsOf, type LakeType } from './columns.ts';
import type { LakeFiles } from './lake-files.ts';

/** Before the columns of the event. */
const ENVELOPE = {
  event_id: 'VARCHAR',
  event_version: 'INTEGER',
  recorded_at: 'TIMESTAMPTZ',
  shopper: 'VARCHAR',
} as const;

const sqlOf = (type: LakeType): string => {
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return `${sqlOf((type as readonly LakeType[])[0] ?? '')}[]`;
  const fields = Object.entries(type).map(([name, of]) => `"${name}" ${sqlOf(of)}`);
  return `STRUCT(${fields.join(', ')})`;
};

const partitionOf = ({ eventType, recordedAt }: LakeRow): string =>
  `event_type=${eventType}/day=${recordedAt.slice(0, 10)}`;

const recordOf = ({ eventId, eventVersion, recordedAt, shopper, fields }: LakeRow) => ({
  event_id: eventId,
  event_version: eventVersion,
  recorded_at: recordedAt,
  shopper,
  ...fields,
});

/**
 * Parquet files by event type and day (UTC), such as `event_type=order.placed/day=2026-03-01/<batch>.parquet`.
 * @param spool a folder for files that are not finished; what is in it is deleted
 */
export const openParquetLake = async (files: LakeFiles, spool: string): Promise<Lake> => {
  await rm(spool, { recursive: true, force: true });
  await mkdir(spool, { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '256MB' });
  const connection = await instance.connect();
  return {
    write: async ({ batchId, rows }: LakeBatch) => {
      for (const [partition, found] of Map.groupBy(rows, partitionOf)) {
        const path = join(spool, `${randomUUID()}.parquet`);
        try {
          await writeFile(connection, path, found);
          await files.put(`${partition}/${batchId}.parquet`, path);
        } finally {
          await rm(path, { force: true });
        }
      }
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
};

/** All rows are of one type. */
const writeFile = async (
  connection: DuckDBConnection,
  path: string,
  rows: readonly LakeRow[],
): Promise<void> => {
  const columns = { ...ENVELOPE, ...newestColumnsOf(rows[0]?.eventType ?? '')?.columns };
  const declared = Object.entries(columns).map(([name, type]) => `"${name}" ${sqlOf(type)}`);
  await connection.run(`create or replace temp table rows (${declared.join(', ')})`);
  await connection.run(
    `insert into rows by name
     select unnest(row) from (select unnest(from_json($rows::json, '${JSON.stringify([columns])}')) as row)`,
    { rows: JSON.stringify(rows.map(recordOf)) },
  );
  await connection.run(
    `copy (select * from rows order by recorded_at, event_id) to '${path.replaceAll("'", "''")}' (format parquet, compression zstd)`,
  );
  await connection.run('drop table rows');
};

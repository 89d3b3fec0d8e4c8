import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { temporaryFolder } from '#test/kit/cleanup.ts';

/** A folder for a lake, which does not exist yet. */
export const lakeFolder = (): string => join(temporaryFolder(), 'lake');

/** What another program reads of a type of event, with its day, in the order of the event's IDs. */
export const readLake = async (
  folder: string,
  type: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const files = `${folder}/event_type=${type}/*/*.parquet`;
    const read = `select * from read_parquet('${files}', hive_partitioning = true, union_by_name = true) order by event_id`;
    return (await connection.runAndReadAll(read)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

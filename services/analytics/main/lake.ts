import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Toolbox } from '#adapters/service/module.ts';
import type { Lake } from '../core/ports/lake.ts';
import type { readLake } from './settings.ts';

/** Programs that read the lake pass over folders that begin with `_`. */
const SPOOL = '_unfinished';

/** Undefined if the shop has none. Only the drivers that are needed are loaded. */
export const openLake = async (
  { ids }: Pick<Toolbox, 'ids'>,
  { folder, bucket }: ReturnType<typeof readLake>,
): Promise<Lake | undefined> => {
  if (bucket) {
    const { openParquetLake } = await import('../adapters/lake/parquet-lake.ts');
    const { s3Files } = await import('../adapters/s3/s3-files.ts');
    return openParquetLake(s3Files(bucket), join(tmpdir(), `shop-lake-${ids.next()}`));
  }
  if (folder === undefined) return undefined;
  const { openParquetLake } = await import('../adapters/lake/parquet-lake.ts');
  const { folderFiles } = await import('../adapters/lake/folder-files.ts');
  return openParquetLake(folderFiles(folder), join(folder, SPOOL));
};

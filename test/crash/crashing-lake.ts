/**
 * Fills the lake in `LAKE` from the rows that wait in PGlite in `DATA_DIR`: at first `ROWS` of them, three to a batch. With `CRASH_AT`,
 * it dies by SIGKILL: while a file is `written`, once it is `stored`, or right before its rows are `ended`. With `CRASH_AFTER_MS`, it
 * dies then, wherever it is.
 */
import { join } from 'node:path';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import { folderFiles } from '#analytics/adapters/lake/folder-files.ts';
import { openParquetLake } from '#analytics/adapters/lake/parquet-lake.ts';
import { postgresLakeQueue, postgresLakeRows } from '#analytics/adapters/postgres/lake-queue.postgres.ts';
import { makeFillLake } from '#analytics/core/application/fill-lake.ts';
import { analytics } from '#analytics/main/module.ts';

const { DATA_DIR: dataDir = '', LAKE: folder = '', ROWS: rows = '0', CRASH_AT: step } = process.env;
const { CRASH_AFTER_MS: ms } = process.env;

const dieAt = (name: string): void => {
  if (step === name) process.kill(process.pid, 'SIGKILL');
};

const database = await openPglite(join(dataDir, 'db'));
await migrate(database, 'analytics', analytics.migrations);
const unitOfWork = sqlUnitOfWork(
  {
    seal: makeSeal(systemIds, systemClock),
    clock: systemClock,
    wakeRelay: () => undefined,
    wakeTasks: () => undefined,
  },
  { database, schema: 'analytics' },
  (tx) => ({ lake: postgresLakeRows(tx) }),
);
await unitOfWork.run(({ lake }) =>
  lake.add(
    Array.from({ length: Number(rows) }, (_, index) => ({
      eventId: systemIds.next(),
      eventType: index % 2 === 0 ? 'search.performed' : 'product.viewed',
      eventVersion: 1,
      recordedAt: `2026-03-0${1 + (index % 3)}T12:00:00.000Z`,
      fields: {},
    })),
  ),
);
const queue = postgresLakeQueue(database);
const files = folderFiles(folder);
const lake = await openParquetLake(
  {
    put: async (key, path) => {
      dieAt('written');
      await files.put(key, path);
      dieAt('stored');
    },
  },
  join(folder, '_unfinished'),
);
const fill = makeFillLake(
  {
    begin: (limit) => queue.begin(limit),
    end: async (batchId) => {
      dieAt('ended');
      await queue.end(batchId);
    },
  },
  lake,
  3,
);
if (ms !== undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(ms));
await fill();
await lake.close();
await database.close();

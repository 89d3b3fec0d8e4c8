/**
 * `npm run bench -- catalog-import [--products N] [--store postgres|pglite|mongo|memory] [--format csv|jsonl] [--runs NAME,NAME]`:
 * products per second that an import stores from CSV, or from JSON Lines compressed with gzip, with two variants each, beside a check of
 * the same file. Runs are `new`, `again` and `changed`. `postgres` is a private server on this machine, `pglite` a folder, `mongo` the
 * server of MONGODB_URL. Memory, the delay of the event loop and the CPU time per product are those of this process; that of the
 * private server is beside it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { makeSeal } from '#adapters/events/envelope.ts';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { memoryChunks } from '#adapters/memory/chunks.ts';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { mongoDocumentQueries, mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { mongoChunks } from '#adapters/mongo/chunks.ts';
import { openMongo } from '#adapters/mongo/open-mongo.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { postgresChunks } from '#adapters/postgres/chunks.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Chunks } from '#kernel/chunks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { table } from '#scripts/lib/table.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { documentQueriesIn, documentsIn } from '#catalog/adapters/documents.ts';
import { productJson } from '#catalog/adapters/http/mapping.ts';
import { importFiles } from '#catalog/adapters/imports/import-files.ts';
import { importReader } from '#catalog/adapters/imports/read-file.ts';
import { memoryProductRepository, memoryRatingRepository } from '#catalog/adapters/memory/memory-products.ts';
import { toWire } from '#catalog/adapters/messaging/integration-events.ts';
import { mongoProductRepository } from '#catalog/adapters/mongo/product-repository.mongo.ts';
import { mongoRatingRepository } from '#catalog/adapters/mongo/ratings.mongo.ts';
import { postgresProductRepository } from '#catalog/adapters/postgres/product-repository.postgres.ts';
import { postgresRatingRepository } from '#catalog/adapters/postgres/ratings.postgres.ts';
import { makeAdjustImportedStock } from '#catalog/core/application/adjust-imported-stock.ts';
import { makeImportRows } from '#catalog/core/application/import-products.ts';
import { withFiling } from '#catalog/core/application/filing.ts';
import { makeImports } from '#catalog/core/application/imports.ts';
import { failImport, makeRunImport } from '#catalog/core/application/run-import.ts';
import type { ImportJob } from '#catalog/core/domain/import-job.ts';
import type { CatalogDocumentQueries, CatalogTx } from '#catalog/core/ports/catalog-tx.ts';
import { catalog } from '#catalog/main/module.ts';
import { parentFamilyCpuMs } from '../cpu.ts';
import { partsOf } from './import-file.ts';

const MIB = 2 ** 20;

const { values, positionals } = parseArgs({
  options: {
    products: { type: 'string', default: '20000' },
    store: { type: 'string', default: 'postgres' },
    format: { type: 'string', default: 'csv' },
    runs: { type: 'string', default: 'new,again,changed' },
  },
  allowPositionals: true,
});
const products = Number(values.products);

interface Opened {
  readonly unitOfWork: UnitOfWork<CatalogTx>;
  readonly documents: CatalogDocumentQueries;
  readonly chunks: Chunks;
  /** CPU time of the server, milliseconds, if it is on this machine. */
  readonly serverCpuMs?: () => number;
  readonly close: () => Promise<void>;
}

const logger = makeLogger({ service: 'bench', level: 'error' });
const tools = {
  seal: makeSeal(systemIds, systemClock),
  clock: systemClock,
  wakeRelay: () => undefined,
  wakeTasks: () => undefined,
};

const openSql = async (database: SqlDatabase, stop: () => Promise<void>): Promise<Opened> => {
  await migrate(database, 'catalog', catalog.migrations);
  const store = { kind: 'sql', database, schema: 'catalog' } as const;
  return {
    unitOfWork: sqlUnitOfWork(tools, store, (tx) => ({
      products: postgresProductRepository(tx, productJson),
      ratings: postgresRatingRepository(tx),
      ...documentsIn((kind) => postgresDocuments(tx, 'catalog', kind)),
    })),
    documents: documentQueriesIn((kind) => postgresDocumentQueries(database, 'catalog', kind)),
    chunks: postgresChunks(database, 'catalog'),
    close: async () => {
      await database.close();
      await stop();
    },
  };
};

const openPostgres = async (): Promise<Opened> => {
  const server = await startPrivatePostgres();
  const database = openPg({
    url: server.url,
    poolSize: 8,
    statementTimeoutMs: 20_000,
    onError: console.error,
  });
  const opened = await openSql(database, () => server.stop());
  const [own] = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { ...opened, serverCpuMs: () => parentFamilyCpuMs(own?.pid ?? 0) };
};

const openPgliteStore = async (): Promise<Opened> => {
  const home = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const folder = join(home, 'data');
  await copyPgliteTemplate(folder);
  return openSql(await openPglite(folder), () => rm(home, { recursive: true }));
};

const openMongoStore = async (): Promise<Opened> => {
  const database = openMongo({
    url: process.env['MONGODB_URL'] ?? '',
    database: `bench_${systemIds.next()}`,
    collections: catalog.collections ?? [],
    timeoutMs: 60_000,
  });
  await database.createIndexes();
  return {
    unitOfWork: mongoUnitOfWork(tools, { kind: 'mongo', database }, (unit) => ({
      products: mongoProductRepository(unit),
      ratings: mongoRatingRepository(unit),
      ...documentsIn((kind) => mongoDocuments(unit, kind)),
    })),
    documents: documentQueriesIn((kind) => mongoDocumentQueries(database, kind)),
    chunks: mongoChunks(database),
    close: async () => {
      await database.drop();
      await database.close();
    },
  };
};

const openMemory = (): Promise<Opened> => {
  const database = new MemoryDatabase();
  return Promise.resolve({
    unitOfWork: memoryUnitOfWork(tools, database, (tx) => ({
      products: memoryProductRepository(tx),
      ratings: memoryRatingRepository(tx),
      ...documentsIn((kind) => memoryDocuments(tx, kind)),
    })),
    documents: documentQueriesIn((kind) => memoryDocumentQueries(database, kind)),
    chunks: memoryChunks(database),
    close: () => Promise.resolve(),
  });
};

const OPEN = new Map([
  ['postgres', openPostgres],
  ['pglite', openPgliteStore],
  ['mongo', openMongoStore],
  ['memory', openMemory],
]);
/** The price in the file of each run. */
const RUNS = new Map([
  ['new', '19.99'],
  ['again', '19.99'],
  ['changed', '21.50'],
]);
const open = OPEN.get(values.store);
const format = (['csv', 'jsonl'] as const).find((one) => one === values.format);
const runs = values.runs.split(',').map((name) => [name, RUNS.get(name)] as const);
if (
  positionals.join() !== 'catalog-import' ||
  !Number.isInteger(products) ||
  products < 1 ||
  !open ||
  !format ||
  runs.some(([, price]) => price === undefined)
) {
  console.error(
    'usage: npm run bench -- catalog-import [--products N] [--store postgres|pglite|mongo|memory] [--format csv|jsonl] [--runs new,again,changed]',
  );
  process.exit(2);
}

const { unitOfWork: stored, documents, chunks, serverCpuMs = () => 0, close } = await open();
const unitOfWork = withFiling(stored, documents.categories, systemIds);
const files = importFiles(chunks);
const runner = new JobRunner(
  {
    name: 'import',
    queries: documents.imports,
    documents: (tx: CatalogTx) => tx.imports,
    steps: makeRunImport(
      unitOfWork,
      makeImportRows(systemIds, systemClock, new Set(['EUR']), toWire),
      files,
      importReader,
      makeAdjustImportedStock({ make: () => Promise.resolve([]) }, files, importReader),
      systemIds,
      systemClock,
    ),
    fail: failImport(systemClock),
  },
  { unitOfWork, clock: systemClock, logger, owner: systemIds.next() },
);
const imports = makeImports(unitOfWork, files, systemIds, systemClock, () => undefined);

const upload = async (price: string): Promise<string> => {
  const made = await imports.create({ fileName: `bench.${format}`, format, mode: 'merge', decimal: '.' });
  if (!made.ok) throw new Error('not created');
  let number = 0;
  for await (const part of partsOf(format, products, price))
    await imports.putPart(made.value.id, number++, part);
  return made.value.id;
};

const rows: (readonly string[])[] = [];

const measure = async (name: string, id: string): Promise<void> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const cpu = process.cpuUsage();
  const serverCpu = serverCpuMs();
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
  delay.enable();
  const startedAt = performance.now();
  await runner.runSlot(0);
  const seconds = (performance.now() - startedAt) / 1_000;
  delay.disable();
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  const job: ImportJob | undefined = await documents.imports.find(id);
  if (job?.state !== 'checked' && job?.state !== 'done') throw new Error(JSON.stringify(job));
  const { created, updated, unchanged, rejected } = job.counts;
  if (created + updated + unchanged !== products || rejected > 0) throw new Error(JSON.stringify(job.counts));
  rows.push([
    name,
    Math.round(products / seconds).toLocaleString('en'),
    (delay.percentile(99) / 1e6).toFixed(0),
    (delay.max / 1e6).toFixed(0),
    Math.round(most / MIB).toString(),
    ((user + system) / 1e3 / products).toFixed(2),
    ((serverCpuMs() - serverCpu) / products).toFixed(2),
  ]);
};

for (const [name, price = ''] of runs) {
  const id = await upload(price);
  await imports.check(id, undefined);
  await measure(`check: ${name}`, id);
  await imports.start(id, { userId: 'bench', mayAdjustStock: false });
  await measure(`import: ${name}`, id);
}
console.log(table(['', 'products/s', 'delay p99, ms', 'max', 'memory, MiB', 'CPU, ms', 'server, ms'], rows));
await close();
process.exit(0);

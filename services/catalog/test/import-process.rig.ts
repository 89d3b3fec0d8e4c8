import type { ServiceClient } from '#adapters/http/client.ts';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import type { Store } from '#adapters/service/module.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { httpStockAdjustments } from '../adapters/clients/inventory.http.ts';
import { importFiles } from '../adapters/imports/import-files.ts';
import { importReader } from '../adapters/imports/read-file.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeAdjustImportedStock } from '../core/application/adjust-imported-stock.ts';
import { withFiling } from '../core/application/filing.ts';
import { makeImportRows, type ImportRows } from '../core/application/import-products.ts';
import { makeImports } from '../core/application/imports.ts';
import { failImport, makeRunImport } from '../core/application/run-import.ts';
import type { ImportJob } from '../core/domain/import-job.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import { openProducts } from './products.rig.ts';

export class Death extends Error {}

/** True if it ended by `Death`. */
export const dies = (life: Promise<unknown>): Promise<boolean> =>
  life.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Death) return true;
      throw error;
    },
  );

type Step = <T>(step: () => Promise<T>) => Promise<T>;

/** Lets a process do so many steps, each of which others see, and none after that. */
const lifeOf = (steps: number): Step => {
  let done = 0;
  return async (step) => {
    if (done >= steps) throw new Death();
    const result = await step();
    done += 1;
    return result;
  };
};

const mortal = <Tx>(unitOfWork: UnitOfWork<Tx>, step: Step): UnitOfWork<Tx> => {
  const { aggregatesPerUnit } = unitOfWork;
  const runWhen = unitOfWork.runWhen?.bind(unitOfWork);
  return {
    ...(aggregatesPerUnit !== undefined && { aggregatesPerUnit }),
    run: (work) => step(() => unitOfWork.run(work)),
    ...(runWhen && { runWhen: (ready, work) => step(() => runWhen(ready, work)) }),
  };
};

interface Options {
  readonly perChunk: number;
  readonly inventory: ServiceClient;
  /** What its processes do with the rows of a unit of work. */
  readonly importing?: (importRows: ImportRows) => ImportRows;
}

/** Imports without a service around them, by processes that may die at any step. */
export const importProcesses = (
  toolbox: TestToolbox<Store>,
  { perChunk, inventory, importing = (importRows) => importRows }: Options,
) => {
  const { ids, clock, logger } = toolbox;
  const { unitOfWork, documents, chunks, queries, staff } = openProducts(toolbox);
  const { imports: jobs, categories } = documents;
  const imports = makeImports(unitOfWork, importFiles(chunks), ids, clock, () => undefined);
  const importRows = importing(makeImportRows(ids, clock, new Set(['EUR']), toWire));

  const stepsOf = (step: Step) => {
    const files = importFiles({ ...chunks, put: (...args) => step(() => chunks.put(...args)) });
    const stock = httpStockAdjustments((call) => step(() => inventory(call)));
    return makeRunImport(
      withFiling(mortal(unitOfWork, step), categories, ids),
      importRows,
      files,
      importReader,
      makeAdjustImportedStock(stock, files, importReader),
      ids,
      clock,
      perChunk,
    );
  };

  /** @param deaths after so many steps */
  const live = (deaths = Infinity): Promise<boolean> => {
    const step = lifeOf(deaths);
    const runner = new JobRunner<CatalogTx, ImportJob>(
      {
        name: 'import',
        queries: jobs,
        documents: (tx) => tx.imports,
        steps: stepsOf(step),
        fail: failImport(clock),
      },
      { unitOfWork: mortal(unitOfWork, step), clock, logger, owner: ids.next() },
    );
    return runner.runSlot(0);
  };

  return {
    unitOfWork,
    queries,
    staff,
    live,
    stepsOf: () => stepsOf(lifeOf(Infinity)),
    job: (id: string) => jobs.find(id),
    rejected: async (id: string) => (await importFiles(chunks).rejected(id, undefined, 1_000)).rows,
    /** Uploads a file of CSV, checks it and starts its import. */
    begin: async (
      bytes: Uint8Array,
      mode: ImportJob['mode'] = 'merge',
      clerk = { userId: 'u-1', mayAdjustStock: true },
    ): Promise<string> => {
      const made = await imports.create({ fileName: 'a.csv', format: 'csv', mode, decimal: '.' });
      if (!made.ok) throw new Error('not created');
      const { id } = made.value;
      await imports.putPart(id, 0, bytes);
      await imports.check(id, undefined);
      await live();
      await imports.start(id, clerk);
      return id;
    },
  };
};

import { describe, expect, it } from 'vitest';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { MINUTE } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { httpStockAdjustments } from '../adapters/clients/inventory.http.ts';
import { importFiles } from '../adapters/imports/import-files.ts';
import { importReader } from '../adapters/imports/read-file.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeAdjustImportedStock } from '../core/application/adjust-imported-stock.ts';
import { withFiling } from '../core/application/filing.ts';
import { makeImportRows } from '../core/application/import-products.ts';
import { makeImports } from '../core/application/imports.ts';
import { failImport, makeRunImport } from '../core/application/run-import.ts';
import type { ImportJob } from '../core/domain/import-job.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import { catalog } from '../main/module.ts';
import { openProducts } from './products.rig.ts';
import { fakeInventory } from './stock.rig.ts';

class Death extends Error {}

/** Lets a process do so many steps, each of which others see, and none after that. */
const makeLife = (steps = Infinity) => {
  let done = 0;
  return async <T>(step: () => Promise<T>): Promise<T> => {
    if (done >= steps) throw new Death();
    const result = await step();
    done += 1;
    return result;
  };
};

const PER_CHUNK = 20;
const PRODUCTS = 45;
const CLERK = { userId: 'u-1', mayAdjustStock: true };
const skuOf = (at: number): string => `SKU-${at}`;
/** Rejected by its reader, refused by the inventory, or one unit more for each. */
const deltaOf = (at: number): string => (at % 20 === 7 ? 'x' : at % 20 === 3 ? '-5' : String(at + 1));
const HEAD = 'name,category,subcategory,brand,sku,price,currency,stock_adjustment';
const fileOf = (deltas: (at: number) => string): Uint8Array =>
  Buffer.from(
    [HEAD, ...Array.from({ length: PRODUCTS }, (_, at) => `P,C,S,B,${skuOf(at)},1,EUR,${deltas(at)}`)].join(
      '\n',
    ),
  );

describe.each(storesWith('mongo'))('an import in %s', (store) => {
  it('adjusts the stock of each SKU once, wherever its process dies', async () => {
    const toolbox = await openToolbox(store, catalog);
    const { ids, clock, logger } = toolbox;
    const inventory = fakeInventory();
    const { unitOfWork, documents, chunks } = openProducts(toolbox);
    const { imports: queries, categories } = documents;
    const imports = makeImports(unitOfWork, importFiles(chunks), ids, clock, () => undefined);

    const startProcess = (step: ReturnType<typeof makeLife>): JobRunner<CatalogTx, ImportJob> => {
      const mortal: UnitOfWork<CatalogTx> = {
        ...(unitOfWork.aggregatesPerUnit !== undefined && {
          aggregatesPerUnit: unitOfWork.aggregatesPerUnit,
        }),
        run: (work) => step(() => unitOfWork.run(work)),
      };
      const files = importFiles({ ...chunks, put: (...args) => step(() => chunks.put(...args)) });
      const stock = httpStockAdjustments((call) => step(() => inventory.client(call)));
      const importRows = makeImportRows(ids, clock, new Set(['EUR']), toWire);
      const steps = makeRunImport(
        withFiling(mortal, categories, ids),
        importRows,
        files,
        importReader,
        makeAdjustImportedStock(stock, files, importReader),
        ids,
        clock,
        PER_CHUNK,
      );
      const kind = { name: 'import', queries, documents: (tx: CatalogTx) => tx.imports, steps };
      return new JobRunner(
        { ...kind, fail: failImport(clock) },
        { unitOfWork: mortal, clock, logger, owner: ids.next() },
      );
    };
    const live = (): Promise<boolean> => startProcess(makeLife()).runSlot(0);
    const begin = async (bytes: Uint8Array): Promise<string> => {
      const made = await imports.create({ fileName: 'a.csv', format: 'csv', mode: 'merge', decimal: '.' });
      if (!made.ok) throw new Error('not created');
      const { id } = made.value;
      await imports.putPart(id, 0, bytes);
      await imports.check(id, undefined);
      await live();
      await imports.start(id, CLERK);
      return id;
    };
    await begin(fileOf(() => ''));
    await live();

    const all = Array.from({ length: PRODUCTS }, (_, at) => at);
    const adjusted = all.filter((at) => /^\d/.test(deltaOf(at)));
    const listed = all.filter((at) => !adjusted.includes(at)).map((at) => at + 2);
    const stride = store === 'mongo' ? 7 : 1;
    let deaths = 0;
    for (let isDead = true; isDead; deaths += stride) {
      inventory.reset();
      const id = await begin(fileOf(deltaOf));
      isDead = await startProcess(makeLife(deaths))
        .runSlot(0)
        .then(
          () => false,
          (error: unknown) => {
            if (error instanceof Death) return true;
            throw error;
          },
        );
      clock.advance(MINUTE);
      await live();
      expect(inventory.made().map(({ sku, delta }) => [sku, delta])).toEqual(
        adjusted.map((at) => [skuOf(at), at + 1]),
      );
      const job = await queries.find(id);
      expect(job?.pending).toBeUndefined();
      expect(job).toMatchObject({
        state: 'done',
        position: PRODUCTS,
        counts: { rejected: listed.length, stockAdjusted: adjusted.length },
      });
      const { rows } = await importFiles(chunks).rejected(id, undefined, PRODUCTS);
      expect(rows.map(({ line }) => line)).toEqual(listed);
    }
    expect(deaths).toBeGreaterThan(10);
  });
});

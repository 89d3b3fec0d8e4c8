import { beforeEach, describe, expect, it } from 'vitest';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeRunBulkEdit, type ProductsEdit } from '../core/application/bulk-edits.ts';
import { withFiling, type FilingTx } from '../core/application/filing.ts';
import { catalog } from '../main/module.ts';
import { aProduct, aVariant } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

describe.each(storesWith('mongo'))('a bulk edit in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  let unitOfWork: UnitOfWork<FilingTx>;
  let run: ReturnType<typeof makeRunBulkEdit>;

  beforeEach(() => {
    const opened = openProducts(toolbox);
    unitOfWork = withFiling(opened.unitOfWork, opened.documents.categories, toolbox.ids);
    run = makeRunBulkEdit(unitOfWork, opened.queries, toolbox.ids, toolbox.clock, new Set(['EUR']), toWire);
  });

  it('raises prices once, also when it is done again after a crash', async () => {
    const products = Array.from({ length: 60 }, (_, index) =>
      aProduct({ variants: [aVariant({ sku: `BULK-${index}`, price: { minor: 10_00, currency: 'EUR' } })] }),
    );
    for (const product of products) await unitOfWork.run((tx) => tx.products.save(product));
    const productIds = products.map(({ productId }) => productId);
    const job: ProductsEdit = {
      id: toolbox.ids.next(),
      version: 1,
      state: 'running',
      slot: 0,
      selection: { productIds },
      edits: { price: { change: { kind: 'percent', by: 10 } } },
      counts: { updated: 0, unchanged: 0, rejected: 0 },
      failures: [],
      createdAt: '2026-03-01T12:00:00.000Z',
    };
    // The process dies after the first chunk, before its step is stored.
    for await (const _ of run(job)) break;
    let done = job;
    for await (const step of run(job)) done = step(done);
    expect(done).toMatchObject({ state: 'done', counts: { updated: 60, unchanged: 0, rejected: 0 } });
    const found = await unitOfWork.run((tx) => tx.products.findAll(productIds));
    expect(
      new Set([...found.values()].map(({ version, variants }) => `${version} ${variants[0]?.price.minor}`)),
    ).toEqual(new Set(['2 1100']));
    expect(await toolbox.announced()).toHaveLength(60);
  });
});

import { expect, it } from 'vitest';
import type { Documents } from '#adapters/mongo/documents.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import { mongoDocumentQueries, mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { toDecimal } from '#kernel/money.ts';
import { ok } from '#kernel/result.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import type { ProductSummary } from '../adapters/summary.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { documentQueriesIn, documentsIn } from '../adapters/documents.ts';
import { mongoRatingRepository } from '../adapters/mongo/ratings.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeImportProducts, makeImportRows, type ImportRow } from '../core/application/import-products.ts';
import { withFiling } from '../core/application/filing.ts';
import { catalog } from '../main/module.ts';
import { aDraft, aVariant } from './product.mother.ts';

class Crash extends Error {}

/** The process dies right before or right after its write number `at`. */
const dying = (database: MongoDatabase, at: number, when: 'before' | 'after'): MongoDatabase => {
  let writes = 0;
  const cut = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes === at && when === 'before') throw new Crash();
    const answer = await write();
    if (writes === at) throw new Crash();
    return answer;
  };
  const cutting = <T>(documents: Documents<T>): Documents<T> => ({
    ...documents,
    insert: (document) => cut(() => documents.insert(document)),
    replace: (guard, document) => cut(() => documents.replace(guard, document)),
  });
  return { ...database, stored: <Body>(collection: string) => cutting(database.stored<Body>(collection)) };
};

const row = (line: number): ImportRow => {
  const { variantId: _, ...variant } = aVariant({ sku: `ROW-${line}` });
  const { price, ...rest } = variant;
  const said = { ...rest, price: toDecimal(price), currency: price.currency };
  return { line, patch: ok({ ...aDraft({ name: `Row ${line}` }), variants: [said] }) };
};
const rows = [1, 2, 3, 4].map(row);

it.each([
  [1, 'before'],
  [3, 'before'],
  [3, 'after'],
  [4, 'after'],
] as const)('an import that crashes at write %i, %s it, leaves only complete products', async (at, when) => {
  const toolbox = await openToolbox('mongo', catalog);
  if (toolbox.store.kind !== 'mongo') throw new Error('not MongoDB');
  const { database } = toolbox.store;
  const unitOfWorkOn = (used: MongoDatabase) => {
    const store = { kind: 'mongo', database: used } as const;
    const unitOfWork = mongoUnitOfWork(toolbox, store, (unit) => ({
      products: mongoProductRepository(unit),
      ratings: mongoRatingRepository(unit),
      ...documentsIn((kind) => mongoDocuments(unit, kind)),
    }));
    const { categories } = documentQueriesIn((kind) => mongoDocumentQueries(used, kind));
    return withFiling(unitOfWork, categories, toolbox.ids);
  };
  const importOn = (used: MongoDatabase) =>
    makeImportProducts(
      unitOfWorkOn(used),
      makeImportRows(toolbox.ids, toolbox.clock, new Set(['EUR']), toWire),
    );
  await unitOfWorkOn(database).run(({ file }) => file(aDraft())); // its category is not part of the import
  const queries = mongoProductQueries(database, productJson);
  const names = async (): Promise<readonly string[]> => {
    const page = await queries.page({ limit: 9, sort: 'name' });
    return page.ok ? page.value.items.map((json) => (JSON.parse(json) as ProductSummary).name) : [];
  };
  const announced = async (): Promise<readonly unknown[]> =>
    (await toolbox.announced()).map(({ payload }) => 'name' in payload && payload.name);

  await expect(importOn(dying(database, at, when))(rows)).rejects.toThrow(Crash);
  const done = rows.slice(0, when === 'after' ? at : at - 1).map(({ line }) => `Row ${line}`);
  expect([await names(), await announced()]).toEqual([done, done]);

  const report = await importOn(database)(rows);
  expect(report.map(({ status }) => status)).toEqual(
    rows.map(({ line }) => (line <= done.length ? 'unchanged' : 'created')),
  );
  expect(await announced()).toEqual(['Row 1', 'Row 2', 'Row 3', 'Row 4']);
});

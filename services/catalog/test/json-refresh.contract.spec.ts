import { beforeEach, describe, expect, it } from 'vitest';
import type { Sql, SqlDatabase } from '#adapters/postgres/sql.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { SQL_STORES } from '#test/contracts/upgrade.contract.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { makeJsonRefresh } from '../adapters/postgres/json-refresh.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresStaffQueries } from '../adapters/postgres/staff-queries.postgres.ts';
import { catalog } from '../main/module.ts';
import { aProduct } from './product.mother.ts';

const SUMMARIES =
  'select json_source as source, summary_json as summary from catalog.products order by product_id';

describe.each(SQL_STORES)('the JSON of products in %s', (store) => {
  const products = Array.from({ length: 5 }, (_, index) => aProduct({ name: `Product ${index}` })).sort(
    (a, b) => (a.productId < b.productId ? -1 : 1),
  );
  const current = products.map((product) => ({
    source: `${productJson.format}.1`,
    summary: productJson.summary(product),
  }));
  let database: SqlDatabase;

  beforeEach(async () => {
    const toolbox = await openToolbox(store, catalog);
    if (toolbox.store.kind !== 'sql') throw new Error('not SQL');
    ({ database } = toolbox.store);
    const unitOfWork = sqlUnitOfWork(toolbox, toolbox.store, (tx) =>
      postgresProductRepository(tx, productJson),
    );
    await unitOfWork.run(async ({ save }) => {
      for (const product of products) await save(product);
    });
  });

  it.each([1, 2, 5, 6])('is stored again after an upgrade, %i at a time', async (batch) => {
    await database.query(
      `update catalog.products set summary_json = 'old', json_source = '0.1' where name <> $1`,
      ['Product 2'],
    );
    await database.query(
      'update catalog.products set summary_json = null, json_source = null where name = $1',
      ['Product 3'],
    );
    await makeJsonRefresh(database, productJson, batch)();
    expect(await database.query(SUMMARIES)).toEqual(current);
  });

  it('is stored again with what lists for staff need', async () => {
    await database.query(
      `update catalog.products set json_source = '0.1', updated_at = '1970-01-01', terms = null`,
    );
    const staff = postgresStaffQueries(database);
    const found = async () => {
      const page = await staff.page({ limit: 9, sort: 'newest', q: 'product', updatedSince: new Date(1) });
      return page.ok && page.value.items.length;
    };
    expect(await found()).toBe(0);
    await makeJsonRefresh(database, productJson, 2)();
    expect(await found()).toBe(5);
  });

  it('is stored again with the lists of its tags', async () => {
    await database.query(`update catalog.products set json_source = '0.1', tags = '{old}'`);
    await makeJsonRefresh(database, productJson, 2)();
    const page = await postgresProductQueries(database, productJson).page({
      limit: 9,
      sort: 'name',
      tag: 'old',
    });
    expect(page.ok && page.value.items).toHaveLength(5);
  });

  it('is left as it is if the product changes meanwhile', async () => {
    await database.query(`update catalog.products set summary_json = 'old', json_source = '0.1'`);
    const changing: Pick<Sql, 'query'> = {
      query: async <Row>(text: string, params?: readonly unknown[]) => {
        const rows = await database.query<Row>(text, params);
        if (text.includes('select product_id'))
          await database.query(
            `update catalog.products set version = 2, json_source = '2.2', summary_json = 'new'`,
          );
        return rows;
      },
    };
    await makeJsonRefresh(changing, productJson)();
    expect(await database.query(SUMMARIES)).toEqual(products.map(() => ({ source: '2.2', summary: 'new' })));
  });
});

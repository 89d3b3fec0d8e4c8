import { beforeEach, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { TIED } from '#test/kit/pages.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import type { InventoryTx } from '../core/ports/inventory-tx.ts';
import { inventory } from '../main/module.ts';
import { anItem, shelfOf, variantOf } from './inventory.mother.ts';

/** Ids and SKUs, unsorted, so that only an explicit sort can order them. */
const [first = '', ...others] = TIED.toSorted();

describe('two units that lock the same rows', () => {
  let database: SqlDatabase;
  let unitOfWork: UnitOfWork<InventoryTx>;

  beforeEach(async () => {
    const toolbox = await openToolbox('postgres', inventory);
    if (toolbox.store.kind !== 'sql') throw new Error('needs SQL');
    ({ database } = toolbox.store);
    unitOfWork = sqlUnitOfWork(toolbox, toolbox.store, postgresRepositories);
    await unitOfWork.run(async ({ stock, products }) => {
      const items = TIED.map((id) => anItem({ variantId: id, productId: id, sku: id }));
      await stock.save(items.map(shelfOf));
      await stock.saveVariants(items.map(variantOf));
      await products.lock(TIED);
    });
    // Rows are stored in the order in which they were last written.
    for (const id of TIED)
      await database.query('update inventory.stock set version = 2 where sku = $1', [id]);
  });

  const isWaiting = async (): Promise<boolean> =>
    (await database.query('select 1 from pg_locks where not granted')).length > 0;

  /** The rows that no unit has locked, while one unit waits for the first row, which another has locked. */
  const freeDuring = async (
    table: string,
    id: string,
    work: (tx: InventoryTx) => Promise<unknown>,
  ): Promise<readonly string[]> => {
    const other = await database.begin();
    await other.query(`select 1 from ${table} where ${id} = $1 for update`, [first]);
    const unit = unitOfWork.run(work);
    await until(isWaiting);
    const third = await database.begin();
    const rows = await third.query<{ id: string }>(
      `select ${id} as id from ${table} order by ${id} for update skip locked`,
    );
    await third.rollback();
    await other.rollback();
    await unit;
    return rows.map((row) => row.id);
  };

  it('lock stock in the order of its SKUs, so that they never deadlock', async () => {
    const lock = ({ stock }: InventoryTx) => stock.lock({ variantIds: TIED });
    expect(await freeDuring('inventory.stock', 'sku', lock)).toEqual(others);
  });

  it('lock the stock of products in the same order', async () => {
    const lock = ({ stock }: InventoryTx) => stock.lock({ productIds: TIED });
    expect(await freeDuring('inventory.stock', 'sku', lock)).toEqual(others);
  });

  it('lock the versions of products in the order of their ids', async () => {
    const lock = ({ products }: InventoryTx) => products.lock(TIED);
    expect(await freeDuring('inventory.products', 'product_id', lock)).toEqual(others);
  });
});

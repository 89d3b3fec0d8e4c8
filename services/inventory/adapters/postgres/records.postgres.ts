import { postgresAdditions } from '#adapters/postgres/records.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import type { Label } from '../../core/domain/label.ts';
import type { AdjustmentLog, LabelRepository, ProductVersions } from '../../core/ports/inventory-tx.ts';
import { labelTable } from './stock-tables.ts';

const products = declareTable<{ readonly productId: string; readonly version: number }>({
  name: 'inventory.products',
  key: ['productId'],
  columns: { productId: 'uuid', version: 'bigint' },
});

export const adjustments = declareTable<Adjustment>({
  name: 'inventory.adjustments',
  key: ['adjustmentId'],
  columns: {
    adjustmentId: 'uuid',
    variantId: 'uuid',
    delta: 'bigint',
    reason: 'text',
    adjustedBy: 'text',
    orderId: 'uuid',
    stock: ['bigint', 'stock_count'],
    adjustedAt: 'timestamptz',
  },
});

export const postgresProductVersions = (tx: SqlTransaction): ProductVersions => {
  const held = new Map<string, number>();
  let isChanged = false;
  const flush = async (): Promise<void> => {
    const rows = [...held].map(([productId, version]) => ({ productId, version }));
    for (const write of products.upsert(rows, { changing: ['version'] })) await tx.write(write);
  };
  return {
    lock: async (productIds) => {
      const missing = productIds.filter((id) => !held.has(id));
      if (missing.length > 0) {
        // An upsert, because a missing row cannot be locked.
        const rows = await tx.execute<{ product_id: string; version: number }>(
          `insert into inventory.products (product_id, version)
           select distinct id, 0 from unnest($1::uuid[]) as id order by id
           on conflict (product_id) do update set version = products.version
           returning product_id, version`,
          [missing],
        );
        for (const { product_id, version } of rows) held.set(product_id, version);
      }
      return new Map(productIds.map((id) => [id, held.get(id) ?? 0]));
    },
    save: async (versions) => {
      if (!isChanged) tx.beforeCommit(flush);
      isChanged = true;
      for (const [productId, version] of versions) held.set(productId, version);
      await Promise.resolve();
    },
  };
};

export const postgresAdjustmentLog = (tx: SqlTransaction): AdjustmentLog => ({
  find: (ids) => adjustments.find(tx, ids),
  add: postgresAdditions(tx, adjustments.insert),
});

export const postgresLabels = (tx: SqlTransaction): LabelRepository => {
  const saved = new Map<string, Label>();
  const flush = async (): Promise<void> => {
    for (const write of labelTable.upsert([...saved.values()])) await tx.write(write);
  };
  return {
    save: async (labels) => {
      if (saved.size === 0 && labels.length > 0) tx.beforeCommit(flush);
      for (const label of labels) saved.set(label.variantId, label);
      await Promise.resolve();
    },
    saveMissing: postgresAdditions(tx, labelTable.insertMissing),
  };
};

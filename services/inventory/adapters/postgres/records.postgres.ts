import { declareTable } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import type { AdjustmentLog, ProductVersions } from '../../core/ports/inventory-tx.ts';

const products = declareTable<readonly [productId: string, version: number]>(
  {
    name: 'inventory.products',
    columns: {
      product_id: ['uuid', ([productId]) => productId],
      version: ['bigint', ([, version]) => version],
    },
  },
  'product_id',
);

const adjustments = declareTable<Adjustment>(
  {
    name: 'inventory.adjustments',
    columns: {
      adjustment_id: ['uuid', ({ adjustmentId }) => adjustmentId],
      variant_id: ['uuid', ({ variantId }) => variantId],
      delta: ['bigint', ({ delta }) => delta],
      reason: ['text', ({ reason }) => reason],
      adjusted_by: ['text', ({ adjustedBy }) => adjustedBy],
      order_id: ['uuid', ({ orderId }) => orderId],
      stock_count: ['bigint', ({ stock }) => stock],
      adjusted_at: ['timestamptz', ({ adjustedAt }) => adjustedAt],
    },
  },
  'adjustment_id',
);

export const postgresProductVersions = (tx: SqlTransaction): ProductVersions => {
  const held = new Map<string, number>();
  let isChanged = false;
  const flush = async (): Promise<void> => {
    for (const write of products.upsert([...held], ['version'])) await tx.write(write);
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

export const postgresAdjustmentLog = (tx: SqlTransaction): AdjustmentLog => {
  const lines: Adjustment[] = [];
  const flush = async (): Promise<void> => {
    for (const write of adjustments.insert(lines)) await tx.write(write);
  };
  return {
    add: async (added) => {
      if (added.length > 0 && lines.length === 0) tx.beforeCommit(flush);
      lines.push(...added);
      await Promise.resolve();
    },
  };
};

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import type { AdjustmentLog, ProductVersions } from '../../core/ports/inventory-tx.ts';

export const postgresProductVersions = (tx: SqlTransaction): ProductVersions => {
  const held = new Map<string, number>();
  let isChanged = false;
  const flush = (): Promise<void> =>
    tx.write({
      table: 'products',
      text: `update inventory.products as p set version = c.version
             from unnest($1::uuid[], $2::bigint[]) as c (product_id, version) where p.product_id = c.product_id`,
      params: [[...held.keys()], [...held.values()]],
    });
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
  const flush = (): Promise<void> =>
    tx.write({
      table: 'adjustments',
      text: `insert into inventory.adjustments
               (adjustment_id, variant_id, delta, reason, adjusted_by, order_id, stock_count, adjusted_at)
             select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[],
               $7::bigint[], $8::timestamptz[])`,
      params: [
        lines.map(({ adjustmentId }) => adjustmentId),
        lines.map(({ variantId }) => variantId),
        lines.map(({ delta }) => delta),
        lines.map(({ reason }) => reason),
        lines.map(({ adjustedBy }) => adjustedBy),
        lines.map(({ orderId }) => orderId ?? null),
        lines.map(({ stock }) => stock),
        lines.map(({ adjustedAt }) => adjustedAt),
      ],
    });
  return {
    add: async (adjustments) => {
      if (adjustments.length > 0 && lines.length === 0) tx.beforeCommit(flush);
      lines.push(...adjustments);
      await Promise.resolve();
    },
  };
};

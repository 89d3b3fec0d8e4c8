import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { InventoryTx, WaitingSkus } from '../../core/ports/inventory-tx.ts';
import { postgresAdjustmentLog, postgresLabels, postgresProductVersions } from './records.postgres.ts';
import { postgresReservationRepository } from './reservation-repository.postgres.ts';
import { postgresStockRepository } from './stock-repository.postgres.ts';
import { variantTable } from './stock-tables.ts';

const waitingSkus = (tx: SqlTransaction, table: 'unpublished' | 'uncounted'): WaitingSkus => ({
  first: async (limit) => {
    const text = `select sku from inventory.${table} order by sku limit $1`;
    return (await tx.query<{ readonly sku: string }>(text, [limit])).map(({ sku }) => sku);
  },
  remove: async (skus) => {
    const text = `delete from inventory.${table} where sku = any($1::text[])`;
    if (skus.length > 0) await tx.write({ table, text, params: [skus], rows: skus.length });
  },
});

/** The repositories of one unit of work. */
export const postgresRepositories = (tx: SqlTransaction): Omit<InventoryTx, keyof BaseTx> => ({
  stock: postgresStockRepository(tx),
  labels: postgresLabels(tx),
  reservations: postgresReservationRepository(tx),
  products: postgresProductVersions(tx),
  adjustments: postgresAdjustmentLog(tx),
  unlabelled: {
    first: (limit) =>
      variantTable.select(
        tx,
        `where variant_id in (select variant_id from inventory.unlabelled order by variant_id limit $1)
         order by variant_id`,
        [limit],
      ),
    remove: async (variantIds) => {
      const text = 'delete from inventory.unlabelled where variant_id = any($1::uuid[])';
      const rows = variantIds.length;
      if (rows > 0) await tx.write({ table: 'unlabelled', text, params: [variantIds], rows });
    },
  },
  unpublished: waitingSkus(tx, 'unpublished'),
  uncounted: waitingSkus(tx, 'uncounted'),
});

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { InventoryTx } from '../../core/ports/inventory-tx.ts';
import { postgresAdjustmentLog, postgresProductVersions } from './records.postgres.ts';
import { postgresReservationRepository } from './reservation-repository.postgres.ts';
import { postgresStockRepository } from './stock-repository.postgres.ts';

/** The repositories of one unit of work. */
export const postgresRepositories = (tx: SqlTransaction): Omit<InventoryTx, keyof BaseTx> => ({
  stock: postgresStockRepository(tx),
  reservations: postgresReservationRepository(tx),
  products: postgresProductVersions(tx),
  adjustments: postgresAdjustmentLog(tx),
});

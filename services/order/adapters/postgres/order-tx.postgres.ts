import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderTx, VersionedOrder } from '../../core/ports/order-tx.ts';
import { postgresInvoices } from './invoices.postgres.ts';
import { postgresOrderRepository } from './orders.postgres.ts';
import { postgresProofRepository } from './proofs.postgres.ts';
import { postgresReturns } from './returns.postgres.ts';
import { postgresStaffFiles } from './staff-files.postgres.ts';

/** @param onChange gets the orders of each unit after its commit */
export const postgresOrderTx =
  (onChange: (orders: readonly VersionedOrder[]) => void = () => undefined) =>
  (tx: SqlTransaction): Omit<OrderTx, keyof BaseTx> => ({
    orders: postgresOrderRepository(tx, onChange),
    returns: postgresReturns(tx),
    proofs: postgresProofRepository(tx),
    files: postgresStaffFiles(tx),
    invoices: postgresInvoices(tx),
  });

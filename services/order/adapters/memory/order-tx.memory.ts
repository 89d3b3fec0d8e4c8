import type { MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { OrderTx, VersionedOrder } from '../../core/ports/order-tx.ts';
import { memoryInvoices } from './invoices.memory.ts';
import { memoryOrderRepository } from './orders.memory.ts';
import { memoryProofRepository } from './proofs.memory.ts';
import { memoryReturns } from './returns.memory.ts';
import { memoryStaffFiles } from './staff-files.memory.ts';

/** @param onChange gets the orders of each unit after its commit */
export const memoryOrderTx =
  (onChange: (orders: readonly VersionedOrder[]) => void = () => undefined) =>
  (tx: MemoryTransaction): Omit<OrderTx, keyof BaseTx> => ({
    orders: memoryOrderRepository(tx, onChange),
    returns: memoryReturns(tx),
    proofs: memoryProofRepository(tx),
    files: memoryStaffFiles(tx),
    invoices: memoryInvoices(tx),
  });

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { CartTx } from '../../core/ports/cart-tx.ts';
import { postgresCartRepository } from './cart-repository.postgres.ts';
import { postgresOrderRecords } from './order-records.postgres.ts';

/** The repositories of one unit of work. */
export const postgresRepositories = (tx: SqlTransaction): Omit<CartTx, keyof BaseTx> => ({
  carts: postgresCartRepository(tx),
  orders: postgresOrderRecords(tx),
});

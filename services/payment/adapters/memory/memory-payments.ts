import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isBalanced, type LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Payment, Tombstone } from '../../core/domain/payment.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';
import type { Ledger, PaymentRepository } from '../../core/ports/payment-tx.ts';

const paymentsOf = (tables: MemoryTables) => tables.table<Payment | Tombstone>('payments');
const ledgerOf = (tables: MemoryTables) => tables.table<LedgerTransaction>('ledger');

export const memoryPaymentRepository = (tx: MemoryTransaction): PaymentRepository => ({
  find: (orderIds) => {
    const found = orderIds.map((orderId) => [orderId, paymentsOf(tx).get(orderId)] as const);
    return Promise.resolve(
      new Map(found.filter((pair): pair is [string, Payment | Tombstone] => pair[1] !== undefined)),
    );
  },
  save: async (...payments) => {
    for (const payment of payments) {
      const before = paymentsOf(tx).get(payment.orderId)?.version ?? 0;
      if (payment.version <= before) throw new VersionConflict('payments');
      paymentsOf(tx).put(payment.orderId, payment);
    }
    await Promise.resolve();
  },
});

export const memoryLedger = (tx: MemoryTransaction): Ledger => ({
  book: async (...transactions) => {
    for (const transaction of transactions) {
      if (!isBalanced(transaction)) throw new Error('a ledger transaction does not balance');
      if (ledgerOf(tx).get(transaction.transactionId)) throw new VersionConflict('ledger_entries');
      ledgerOf(tx).put(transaction.transactionId, transaction);
    }
    await Promise.resolve();
  },
});

export const memoryPaymentQueries = ({ committed }: MemoryDatabase): PaymentQueries => {
  const one = (matches: (payment: Payment) => boolean): Promise<Payment | undefined> => {
    const isWanted = (found: Payment | Tombstone): boolean => found.kind === 'payment' && matches(found);
    const [payment] = paymentsOf(committed).find(isWanted);
    return Promise.resolve(payment?.kind === 'payment' ? payment : undefined);
  };
  return {
    find: (paymentId) => one((payment) => payment.paymentId === paymentId),
    ofOrder: (orderId) => one((payment) => payment.orderId === orderId),
    ledger: (paymentId) =>
      Promise.resolve(
        ledgerOf(committed)
          .find((transaction) => transaction.paymentId === paymentId)
          .sort(
            (a, b) =>
              a.bookedAt.getTime() - b.bookedAt.getTime() || (a.transactionId < b.transactionId ? -1 : 1),
          ),
      ),
  };
};

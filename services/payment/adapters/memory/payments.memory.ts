import { aggregatesOf, memoryAggregates } from '#adapters/memory/aggregates.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isBalanced, type LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Payment, Tombstone } from '../../core/domain/payment.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';
import type { Ledger, PaymentRepository } from '../../core/ports/payment-tx.ts';

const ledgerOf = (tables: MemoryTables) => tables.table<LedgerTransaction>('ledger');

export const memoryPaymentRepository = (tx: MemoryTransaction): PaymentRepository =>
  memoryAggregates(tx, 'payments');

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
    const [found] = aggregatesOf<Payment | Tombstone>(committed, 'payments').find(
      ({ state }) => state.kind === 'payment' && matches(state),
    );
    return Promise.resolve(found?.state.kind === 'payment' ? found.state : undefined);
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

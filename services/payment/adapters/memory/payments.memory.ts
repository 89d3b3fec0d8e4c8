import { aggregatesOf, memoryAggregates } from '#adapters/memory/aggregates.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isBalanced, type LedgerTransaction } from '../../core/domain/ledger.ts';
import { ENDED, type Payment, type Tombstone } from '../../core/domain/payment.ts';
import type { PaymentArchive, PaymentQueries } from '../../core/ports/payment-queries.ts';
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
    ofUser: (userId, limit, after = '') =>
      Promise.resolve(
        aggregatesOf<Payment | Tombstone>(committed, 'payments')
          .find()
          .flatMap(({ state }) => (state.kind === 'payment' ? [state] : []))
          .filter(({ customer, orderId }) => customer.userId === userId && orderId > after)
          .sort((a, b) => (a.orderId < b.orderId ? -1 : 1))
          .slice(0, limit),
      ),
    page: async ({ status, failedAt, from, limit, cursor }) => {
      const position = positionOf({ cursor }, 'payments', 'time');
      if (!position.ok) return position;
      const end = position.value;
      const rankOf = ({ createdAt, orderId }: Payment): string => `${createdAt.toISOString()} ${orderId}`;
      const found = aggregatesOf<Payment | Tombstone>(committed, 'payments')
        .find()
        .flatMap(({ state }) => (state.kind === 'payment' ? [state] : []))
        .filter(
          (one) =>
            (status === undefined || one.status === status) &&
            (failedAt === undefined || one.failure?.stage === failedAt) &&
            (from === undefined || one.createdAt >= from) &&
            (end === undefined || rankOf(one) < `${end.value} ${end.id}`),
        )
        .sort((a, b) => (rankOf(a) < rankOf(b) ? 1 : -1));
      return Promise.resolve(
        pageOf(found, limit, ({ createdAt, orderId }) => ({
          list: 'payments',
          value: createdAt.toISOString(),
          id: orderId,
        })),
      );
    },
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

export const memoryPaymentArchive = (database: MemoryDatabase): PaymentArchive => ({
  forgetPeople: (horizon) =>
    database.transaction(async (tx) => {
      const rows = aggregatesOf<Payment | Tombstone>(tx, 'payments');
      for (const { state, version } of rows.find()) {
        if (state.kind !== 'payment' || !ENDED.includes(state.status) || state.updatedAt >= horizon) continue;
        const customer = { ...state.customer, email: '', name: '' };
        rows.put(state.orderId, { state: { ...state, customer }, version });
      }
      await Promise.resolve();
    }),
});

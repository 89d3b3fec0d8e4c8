import type { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { replay } from '../../core/domain/evolve.ts';
import type { Status } from '../../core/domain/order.ts';
import type { OrderArchive } from '../../core/ports/order-queries.ts';
import { cartKey, cartsOf, historiesOf, numbersOf } from './orders.memory.ts';
import { creditKey, creditNotesOf, invoicesOf } from './invoices.memory.ts';
import { returnsOf } from './returns.memory.ts';
import { filesOf } from './staff-files.memory.ts';

const ENDED: readonly Status[] = ['delivered', 'cancelled', 'returned', 'refunded'];

export const memoryOrderArchive = (database: MemoryDatabase): OrderArchive => ({
  forgetBefore: (horizon) =>
    database.transaction(async (tx) => {
      const ended = historiesOf(tx)
        .find()
        .flatMap((history) => replay(history)?.state ?? [])
        .filter(({ status, placedAt }) => ENDED.includes(status) && new Date(placedAt) < horizon);
      for (const { orderId, cartId, cartVersion, number } of ended) {
        historiesOf(tx).delete(orderId);
        cartsOf(tx).delete(cartKey(cartId, cartVersion));
        numbersOf(tx).delete(number);
        filesOf(tx).delete(orderId);
        invoicesOf(tx).delete(orderId);
        for (const note of creditNotesOf(tx).find((one) => one.orderId === orderId))
          creditNotesOf(tx).delete(creditKey(note));
        for (const { state } of returnsOf(tx).find(({ state }) => state.orderId === orderId))
          returnsOf(tx).delete(state.returnId);
      }
      await Promise.resolve();
    }),
});

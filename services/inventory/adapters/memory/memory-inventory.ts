import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import type { Reservation } from '../../core/domain/reservation.ts';
import { availableOf, type StockItem } from '../../core/domain/stock.ts';
import type { InventoryTx } from '../../core/ports/inventory-tx.ts';
import type { StockQueries } from '../../core/ports/stock-queries.ts';
import { adjustmentList, pageOf, positionOf, stockList } from '../pages.ts';

const stockOf = (tables: MemoryTables) => tables.table<StockItem>('stock');
const reservationsOf = (tables: MemoryTables) => tables.table<readonly Reservation[]>('reservations');
const productsOf = (tables: MemoryTables) => tables.table<number>('products');
const adjustmentsOf = (tables: MemoryTables) => tables.table<Adjustment>('adjustments');

/** Units run one after the other, so there is nothing to lock and nobody to conflict with. */
export const memoryRepositories = (tx: MemoryTransaction): Omit<InventoryTx, keyof BaseTx> => ({
  stock: {
    lock: ({ variantIds = [], productIds = [] }) => {
      const ofVariants = [...new Set(variantIds)].flatMap((id) => stockOf(tx).get(id) ?? []);
      if (productIds.length === 0) return Promise.resolve(ofVariants);
      const ofProducts = stockOf(tx).find(
        ({ productId, variantId }) => productIds.includes(productId) && !variantIds.includes(variantId),
      );
      return Promise.resolve([...ofVariants, ...ofProducts]);
    },
    add: async (items) => {
      for (const item of items) stockOf(tx).put(item.variantId, item);
      await Promise.resolve();
    },
    save: async (items) => {
      for (const item of items) stockOf(tx).put(item.variantId, item);
      await Promise.resolve();
    },
  },
  reservations: {
    find: (orderIds) =>
      Promise.resolve([...new Set(orderIds)].flatMap((orderId) => reservationsOf(tx).get(orderId) ?? [])),
    save: async (reservations) => {
      for (const reservation of reservations) {
        const { orderId, attempt } = reservation;
        const others = (reservationsOf(tx).get(orderId) ?? []).filter((other) => other.attempt !== attempt);
        reservationsOf(tx).put(orderId, [...others, reservation]);
      }
      await Promise.resolve();
    },
  },
  products: {
    lock: (productIds) => Promise.resolve(new Map(productIds.map((id) => [id, productsOf(tx).get(id) ?? 0]))),
    save: async (versions) => {
      for (const [productId, version] of versions) productsOf(tx).put(productId, version);
      await Promise.resolve();
    },
  },
  adjustments: {
    add: async (adjustments) => {
      for (const adjustment of adjustments) adjustmentsOf(tx).put(adjustment.adjustmentId, adjustment);
      await Promise.resolve();
    },
  },
});

/** Compares as SQL compares a pair of columns. */
const comparePairs = ([a1, a2]: readonly [string, string], [b1, b2]: readonly [string, string]): number =>
  a1 === b1 ? (a2 < b2 ? -1 : a2 > b2 ? 1 : 0) : a1 < b1 ? -1 : 1;

const stockKey = ({ sku, variantId }: StockItem) => [sku, variantId] as const;
const adjustmentKey = ({ adjustedAt, adjustmentId }: Adjustment) =>
  [adjustedAt.toISOString(), adjustmentId] as const;

export const memoryStockQueries = ({ committed }: MemoryDatabase): StockQueries => {
  const bySku = (matches: (item: StockItem) => boolean): StockItem[] =>
    stockOf(committed)
      .find(matches)
      .sort((a, b) => comparePairs(stockKey(a), stockKey(b)));
  return {
    ofProduct: (wanted) => Promise.resolve(bySku(({ productId }) => productId === wanted)),
    ofVariants: (variantIds) =>
      Promise.resolve([...new Set(variantIds)].flatMap((id) => stockOf(committed).get(id) ?? [])),
    page: async (wish) => {
      const list = stockList(wish.low);
      const after = positionOf(wish, list, 'text');
      if (!after.ok) return after;
      const { value: position } = after;
      const isLow = (item: StockItem): boolean =>
        !item.withdrawn && availableOf(item) <= item.lowStockThreshold;
      const items = bySku((item) => !wish.low || isLow(item)).filter(
        (item) => !position || comparePairs(stockKey(item), [String(position.value), position.id]) > 0,
      );
      return Promise.resolve(
        pageOf(items, wish.limit, ({ sku, variantId }) => ({ list, value: sku, id: variantId })),
      );
    },
    adjustment: (adjustmentId) => Promise.resolve(adjustmentsOf(committed).get(adjustmentId)),
    adjustments: async (variantId, wish) => {
      const list = adjustmentList(variantId);
      const after = positionOf(wish, list, 'time');
      if (!after.ok) return after;
      const { value: position } = after;
      const lines = adjustmentsOf(committed)
        .find((line) => line.variantId === variantId)
        .filter(
          (line) => !position || comparePairs(adjustmentKey(line), [String(position.value), position.id]) < 0,
        )
        .sort((a, b) => comparePairs(adjustmentKey(b), adjustmentKey(a)));
      return Promise.resolve(
        pageOf(lines, wish.limit, (line) => {
          const [value, id] = adjustmentKey(line);
          return { list, value, id };
        }),
      );
    },
  };
};

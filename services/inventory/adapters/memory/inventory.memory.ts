import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import type { Reservation } from '../../core/domain/reservation.ts';
import {
  availableOf,
  currentVariant,
  itemOf,
  type Shelf,
  type StockItem,
  type Variant,
} from '../../core/domain/stock.ts';
import type { InventoryTx } from '../../core/ports/inventory-tx.ts';
import { LISTS, type StockQueries } from '../../core/ports/stock-queries.ts';

const shelvesOf = (tables: MemoryTables) => tables.table<Shelf>('stock');
const variantsOf = (tables: MemoryTables) => tables.table<Variant>('variants');
/** Variant ids of a product or SKU. */
const idsOf = (tables: MemoryTables) => tables.table<readonly string[]>('variant ids');
const reservationsOf = (tables: MemoryTables) => tables.table<readonly Reservation[]>('reservations');
const productsOf = (tables: MemoryTables) => tables.table<number>('products');
const adjustmentsOf = (tables: MemoryTables) => tables.table<Adjustment>('adjustments');

const variantsByIds = (tables: MemoryTables, ids: readonly string[]): Variant[] =>
  [...new Set(ids)].flatMap((id) => variantsOf(tables).get(id) ?? []);
/** All variants of these products or SKUs. */
const idsBehind = (tables: MemoryTables, keys: readonly string[]): string[] =>
  keys.flatMap((key) => idsOf(tables).get(key) ?? []);

/** Units of work run in sequence, so there are no locks and no conflicts. */
export const memoryRepositories = (tx: MemoryTransaction): Omit<InventoryTx, keyof BaseTx> => ({
  // A store in memory begins empty.
  unpublished: { first: () => Promise.resolve([]), remove: () => Promise.resolve() },
  stock: {
    lock: ({ variantIds = [], productIds = [], skus = [] }) => {
      const named = variantsByIds(tx, [...variantIds, ...idsBehind(tx, productIds)]);
      const wanted = [...new Set([...skus, ...named.map(({ sku }) => sku)])];
      const shelves = wanted.flatMap((sku) => shelvesOf(tx).get(sku) ?? []);
      return Promise.resolve({
        shelves: new Map(shelves.map((shelf) => [shelf.sku, shelf])),
        variants: new Map(variantsByIds(tx, idsBehind(tx, wanted)).map((one) => [one.variantId, one])),
      });
    },
    save: async (shelves) => {
      for (const { sku, stock, reserved, lowStockThreshold, version } of shelves)
        shelvesOf(tx).put(sku, { sku, stock, reserved, lowStockThreshold, version });
      await Promise.resolve();
    },
    saveVariants: async (variants) => {
      for (const variant of variants) {
        const { variantId, productId, sku } = variant;
        for (const key of variantsOf(tx).get(variantId) ? [] : [productId, sku])
          idsOf(tx).put(key, [...(idsOf(tx).get(key) ?? []), variantId]);
        variantsOf(tx).put(variantId, variant);
      }
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
    find: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => adjustmentsOf(tx).get(id) ?? []).map((made) => [made.adjustmentId, made]),
        ),
      ),
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
  const itemsOf = (variants: readonly Variant[]): StockItem[] =>
    variants
      .flatMap((variant) => {
        const shelf = shelvesOf(committed).get(variant.sku);
        return shelf ? [itemOf(shelf, variant)] : [];
      })
      .sort((a, b) => comparePairs(stockKey(a), stockKey(b)));
  return {
    ofProduct: (productId) =>
      Promise.resolve(itemsOf(variantsByIds(committed, idsBehind(committed, [productId])))),
    ofVariants: (variantIds) => Promise.resolve(itemsOf(variantsByIds(committed, variantIds))),
    page: async (request) => {
      const list = LISTS.stock(request.low);
      const after = positionOf(request, list, 'text');
      if (!after.ok) return after;
      const { value: position } = after;
      const isLow = (item: StockItem): boolean =>
        !item.withdrawn && availableOf(item) <= item.lowStockThreshold;
      const variants = [...Map.groupBy(variantsOf(committed).find(), ({ sku }) => sku).values()];
      const items = itemsOf(variants.flatMap((same) => currentVariant(same) ?? [])).filter(
        (item) => (!request.low || isLow(item)) && (!position || item.sku > String(position.value)),
      );
      return Promise.resolve(
        pageOf(items, request.limit, ({ sku, variantId }) => ({ list, value: sku, id: variantId })),
      );
    },
    adjustment: (adjustmentId) => Promise.resolve(adjustmentsOf(committed).get(adjustmentId)),
    adjustments: async (variantId, request) => {
      const list = LISTS.adjustments(variantId);
      const after = positionOf(request, list, 'time');
      if (!after.ok) return after;
      const { value: position } = after;
      const [variant] = variantsByIds(committed, [variantId]);
      const ids = variant ? idsBehind(committed, [variant.sku]) : [];
      const lines = adjustmentsOf(committed)
        .find((line) => ids.includes(line.variantId))
        .filter(
          (line) => !position || comparePairs(adjustmentKey(line), [String(position.value), position.id]) < 0,
        )
        .sort((a, b) => comparePairs(adjustmentKey(b), adjustmentKey(a)));
      return Promise.resolve(
        pageOf(lines, request.limit, (line) => {
          const [value, id] = adjustmentKey(line);
          return { list, value, id };
        }),
      );
    },
  };
};

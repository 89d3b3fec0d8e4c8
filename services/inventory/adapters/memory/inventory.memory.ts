import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import { isFound, type Label } from '../../core/domain/label.ts';
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
import {
  LISTS,
  type LogFilter,
  type LoggedAdjustment,
  type OpenReservation,
  type StockQueries,
} from '../../core/ports/stock-queries.ts';

const shelvesOf = (tables: MemoryTables) => tables.table<Shelf>('stock');
const variantsOf = (tables: MemoryTables) => tables.table<Variant>('variants');
const labelsOf = (tables: MemoryTables) => tables.table<Label>('labels');
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
  uncounted: { first: () => Promise.resolve([]), remove: () => Promise.resolve() },
  unlabelled: { first: () => Promise.resolve([]), remove: () => Promise.resolve() },
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
  labels: {
    save: async (labels) => {
      for (const label of labels) labelsOf(tx).put(label.variantId, label);
      await Promise.resolve();
    },
    saveMissing: async (labels) => {
      for (const label of labels)
        if (!labelsOf(tx).get(label.variantId)) labelsOf(tx).put(label.variantId, label);
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

const isLogged = (line: LoggedAdjustment, { sku, kind, reason, adjustedBy, from, to }: LogFilter): boolean =>
  (sku === undefined || line.sku === sku) &&
  (kind === undefined || (line.orderId !== undefined) === (kind === 'return')) &&
  (reason === undefined || line.reason === reason) &&
  (adjustedBy === undefined || line.adjustedBy === adjustedBy) &&
  (from === undefined || line.adjustedAt >= from) &&
  (to === undefined || line.adjustedAt < to);

export const memoryStockQueries = ({ committed }: MemoryDatabase): StockQueries => {
  const itemsOf = (variants: readonly Variant[]): StockItem[] =>
    variants
      .flatMap((variant) => {
        const shelf = shelvesOf(committed).get(variant.sku);
        return shelf ? [itemOf(shelf, variant)] : [];
      })
      .sort((a, b) => comparePairs(stockKey(a), stockKey(b)));
  /** Variants of the variant's SKU. */
  const idsOfSame = (variantId: string): readonly string[] => {
    const variant = variantsOf(committed).get(variantId);
    return variant ? idsBehind(committed, [variant.sku]) : [];
  };
  const loggedOf = (line: Adjustment): LoggedAdjustment => ({
    ...line,
    sku: variantsOf(committed).get(line.variantId)?.sku ?? '',
    name: labelsOf(committed).get(line.variantId)?.name,
  });
  /** The newest first. */
  const logPage = async (
    list: string,
    request: PageRequest,
    matches: (line: LoggedAdjustment) => boolean,
  ): Promise<PageResult<LoggedAdjustment>> => {
    const after = positionOf(request, list, 'time');
    if (!after.ok) return after;
    const { value: position } = after;
    const lines = adjustmentsOf(committed)
      .find()
      .map(loggedOf)
      .filter(
        (line) =>
          matches(line) &&
          (!position || comparePairs(adjustmentKey(line), [String(position.value), position.id]) < 0),
      )
      .sort((a, b) => comparePairs(adjustmentKey(b), adjustmentKey(a)));
    return Promise.resolve(
      pageOf(lines, request.limit, (line) => {
        const [value, id] = adjustmentKey(line);
        return { list, value, id };
      }),
    );
  };
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
      const items = itemsOf(variants.flatMap((same) => currentVariant(same) ?? []))
        .filter((item) => (!request.low || isLow(item)) && (!position || item.sku > String(position.value)))
        .map((item) => ({ ...item, label: labelsOf(committed).get(item.variantId) }))
        .filter(({ label }) => isFound(label, request));
      return Promise.resolve(
        pageOf(items, request.limit, ({ sku, variantId }) => ({ list, value: sku, id: variantId })),
      );
    },
    adjustment: (adjustmentId) => {
      const found = adjustmentsOf(committed).get(adjustmentId);
      return Promise.resolve(found && loggedOf(found));
    },
    adjustments: (variantId, request) => {
      const ids = idsOfSame(variantId);
      return logPage(LISTS.adjustments(variantId), request, (line) => ids.includes(line.variantId));
    },
    log: (request) => logPage(LISTS.log, request, (line) => isLogged(line, request)),
    reservations: async (variantId, request) => {
      const list = LISTS.reservations(variantId);
      const after = positionOf(request, list, 'number');
      if (!after.ok) return after;
      const { value: position } = after;
      const ids = idsOfSame(variantId);
      const isNext = ({ orderId, attempt }: OpenReservation): boolean =>
        !position || orderId < position.id || (orderId === position.id && attempt < Number(position.value));
      const open = reservationsOf(committed)
        .find()
        .flat()
        .filter(({ status }) => status === 'reserved')
        .map(({ orderId, attempt, lines }) => {
          const mine = lines.filter((line) => ids.includes(line.variantId));
          return { orderId, attempt, quantity: mine.reduce((sum, line) => sum + line.quantity, 0) };
        })
        .filter((one) => one.quantity > 0 && isNext(one))
        .sort((a, b) => (a.orderId === b.orderId ? b.attempt - a.attempt : a.orderId < b.orderId ? 1 : -1));
      return Promise.resolve(
        pageOf(open, request.limit, ({ orderId, attempt }) => ({ list, value: attempt, id: orderId })),
      );
    },
  };
};

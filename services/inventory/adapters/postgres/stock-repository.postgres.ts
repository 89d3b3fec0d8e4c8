import type { Row } from '#adapters/postgres/columns.ts';
import { trackChange } from '#adapters/postgres/recall.ts';
import type { Kind } from '#adapters/postgres/recent.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Shelf, Variant } from '../../core/domain/stock.ts';
import type { StockRepository } from '../../core/ports/inventory-tx.ts';
import { shelfTable, STOCK_COLUMNS, variantTable } from './stock-tables.ts';

/** Shelves and variants in the memory of the process. */
export const SHELVES: Kind<Shelf> = { kind: 'shelves' };
export const VARIANTS: Kind<Variant> = { kind: 'variants' };

/**
 * Caches the rows that it has locked; saved rows are written with one statement at the end of the unit. Where only this
 * process writes, rows that it remembers are not locked: their versions guard the write.
 */
export const postgresStockRepository = (tx: SqlTransaction): StockRepository => {
  const shelves = new Map<string, Shelf>();
  const variants = new Map<string, Variant>();
  const asked = new Set<string>();
  /** Versions of the rows as found. */
  const stored = new Map<string, number>();
  const changed = { shelves: new Set<string>(), variants: new Set<string>() };

  const changedShelves = (): ReadonlyMap<string, Shelf> =>
    new Map([...shelves].filter(([sku]) => changed.shelves.has(sku)).sort(([a], [b]) => (a < b ? -1 : 1)));
  const flush = async (): Promise<void> => {
    const saved = [...changedShelves()].map(([sku, record]) => ({ record, before: stored.get(sku) ?? 0 }));
    const named = [...changed.variants].sort().flatMap((id) => variants.get(id) ?? []);
    const writes = [...shelfTable.save(saved), ...variantTable.upsert(named, { changing: ['withdrawn'] })];
    for (const write of writes) await tx.write(write);
  };
  /** Registers the write at the first save. */
  const keep = async <T>(
    held: Map<string, T>,
    marks: Set<string>,
    values: readonly T[],
    keyOf: (value: T) => string,
  ): Promise<void> => {
    if (values.length > 0 && changed.shelves.size + changed.variants.size === 0) {
      tx.beforeCommit(flush);
      trackChange(tx, (recent) =>
        changed.variants.size > 0 ? recent.changeAll() : recent.change(SHELVES, changedShelves()),
      );
    }
    for (const value of values) {
      held.set(keyOf(value), value);
      marks.add(keyOf(value));
    }
    await Promise.resolve();
  };
  const found = (shelf: Shelf, variant: Variant): void => {
    if (!stored.has(shelf.sku)) stored.set(shelf.sku, shelf.version);
    if (!shelves.has(shelf.sku)) shelves.set(shelf.sku, shelf);
    if (!variants.has(variant.variantId)) variants.set(variant.variantId, variant);
  };
  const recall = (variantId: string): boolean => {
    if (!tx.recent || !tx.mayAssume()) return false;
    const variant = tx.recent.get(VARIANTS, variantId);
    const shelf = variant && tx.recent.get(SHELVES, variant.sku);
    if (!shelf) return false;
    found(shelf, variant);
    return true;
  };
  const notLocked = (keys: readonly string[] = []): string[] =>
    [...new Set(keys)].filter((key) => !asked.has(key));

  return {
    lock: async ({ variantIds, productIds, skus }) => {
      for (const id of notLocked(variantIds)) if (recall(id)) asked.add(id);
      const selected = [notLocked(variantIds), notLocked(productIds), notLocked(skus)];
      if (selected.some((keys) => keys.length > 0)) {
        const rows = await tx.execute<Row>(LOCK, selected);
        for (const key of selected.flat()) asked.add(key);
        for (const row of rows) found(shelfTable.of(row), variantTable.of(row));
      }
      return { shelves, variants };
    },
    save: (saved) => keep(shelves, changed.shelves, saved, ({ sku }) => sku),
    saveVariants: (saved) => keep(variants, changed.variants, saved, ({ variantId }) => variantId),
  };
};

// Always in the order of SKUs, so that units cannot deadlock.
const LOCK = `
  select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
  where s.sku in (select sku from inventory.variants where variant_id = any($1::uuid[])
                  union select sku from inventory.variants where product_id = any($2::uuid[])
                  union select unnest($3::text[]))
  order by s.sku for update of s`;

import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Shelf, Variant } from '../../core/domain/stock.ts';
import type { StockRepository } from '../../core/ports/inventory-tx.ts';
import { STOCK_COLUMNS, toShelf, toVariant, type StockRow } from './stock-row.ts';

/** Caches the rows that it has locked; saved rows are written with one statement at the end of the unit. */
export const postgresStockRepository = (tx: SqlTransaction): StockRepository => {
  const shelves = new Map<string, Shelf>();
  const variants = new Map<string, Variant>();
  const asked = new Set<string>();
  const stored = new Set<string>();
  const changed = { shelves: new Set<string>(), variants: new Set<string>() };

  const flush = async (): Promise<void> => {
    const saved = [...changed.shelves].sort().flatMap((sku) => shelves.get(sku) ?? []);
    const [updated, added] = [true, false].map((is) => saved.filter(({ sku }) => stored.has(sku) === is));
    const named = [...changed.variants].sort().flatMap((id) => variants.get(id) ?? []);
    if (added?.length) await tx.write({ table: 'stock', text: INSERT, params: columnsOf(added) });
    if (updated?.length) await tx.write({ table: 'stock', text: UPDATE, params: columnsOf(updated) });
    if (named.length > 0)
      await tx.write({ table: 'variants', text: UPSERT, params: variantColumnsOf(named) });
  };
  /** Registers the write at the first save. */
  const keep = <T>(
    held: Map<string, T>,
    marks: Set<string>,
    values: readonly (readonly [string, T])[],
  ): void => {
    if (values.length > 0 && changed.shelves.size + changed.variants.size === 0) tx.beforeCommit(flush);
    for (const [key, value] of values) {
      held.set(key, value);
      marks.add(key);
    }
  };
  const notLocked = (keys: readonly string[] = []): string[] =>
    [...new Set(keys)].filter((key) => !asked.has(key));

  return {
    lock: async ({ variantIds, productIds, skus }) => {
      const selected = [notLocked(variantIds), notLocked(productIds), notLocked(skus)];
      if (selected.some((keys) => keys.length > 0)) {
        const rows = await tx.execute<StockRow>(LOCK, selected);
        for (const key of selected.flat()) asked.add(key);
        for (const row of rows) {
          stored.add(row.sku);
          if (!shelves.has(row.sku)) shelves.set(row.sku, toShelf(row));
          if (!variants.has(row.variant_id)) variants.set(row.variant_id, toVariant(row));
        }
      }
      return { shelves, variants };
    },
    save: async (saved) => {
      keep(
        shelves,
        changed.shelves,
        saved.map((shelf) => [shelf.sku, shelf]),
      );
      await Promise.resolve();
    },
    saveVariants: async (saved) => {
      keep(
        variants,
        changed.variants,
        saved.map((variant) => [variant.variantId, variant]),
      );
      await Promise.resolve();
    },
  };
};

// Always in the order of SKUs, so that units cannot deadlock.
const LOCK = `
  select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
  where s.sku in (select sku from inventory.variants where variant_id = any($1::uuid[])
                  union select sku from inventory.variants where product_id = any($2::uuid[])
                  union select unnest($3::text[]))
  order by s.sku for update of s`;

const SHELF_COLUMNS = 'sku, stock_count, reserved_count, low_stock_threshold, version';

const SHELVES = 'unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])';

const INSERT = `insert into inventory.stock (${SHELF_COLUMNS}) select * from ${SHELVES}`;

const UPDATE = `
  update inventory.stock as s
  set stock_count = c.stock_count, reserved_count = c.reserved_count, low_stock_threshold = c.low_stock_threshold,
    version = c.version
  from ${SHELVES} as c (${SHELF_COLUMNS})
  where s.sku = c.sku`;

const UPSERT = `
  insert into inventory.variants (variant_id, product_id, sku, withdrawn)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[])
  on conflict (variant_id) do update set withdrawn = excluded.withdrawn`;

const columnsOf = (shelves: readonly Shelf[]): unknown[] => [
  shelves.map(({ sku }) => sku),
  shelves.map(({ stock }) => stock),
  shelves.map(({ reserved }) => reserved),
  shelves.map(({ lowStockThreshold }) => lowStockThreshold),
  shelves.map(({ version }) => version),
];

const variantColumnsOf = (variants: readonly Variant[]): unknown[] => [
  variants.map(({ variantId }) => variantId),
  variants.map(({ productId }) => productId),
  variants.map(({ sku }) => sku),
  variants.map(({ withdrawn }) => withdrawn),
];

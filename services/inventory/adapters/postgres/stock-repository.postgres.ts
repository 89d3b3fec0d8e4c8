import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { StockItem } from '../../core/domain/stock.ts';
import type { StockRepository } from '../../core/ports/inventory-tx.ts';
import { STOCK_COLUMNS, toStockItem, type StockRow } from './stock-row.ts';

/** Holds what it has locked; all that was saved goes out as one statement when the unit ends. */
export const postgresStockRepository = (tx: SqlTransaction): StockRepository => {
  const held = new Map<string, StockItem>();
  const asked = new Set<string>();
  const added = new Set<string>();
  const changed = new Set<string>();

  const flush = async (): Promise<void> => {
    const last = (ids: ReadonlySet<string>): StockItem[] =>
      [...ids].flatMap((id) => held.get(id) ?? []).sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
    if (added.size > 0) await tx.write({ table: 'stock', text: INSERT, params: columnsOf(last(added)) });
    const updated = last(changed).filter(({ variantId }) => !added.has(variantId));
    if (updated.length > 0) await tx.write({ table: 'stock', text: UPDATE, params: columnsOf(updated) });
  };

  const keep = (items: readonly StockItem[], marks: Set<string>): void => {
    if (items.length > 0 && added.size + changed.size === 0) tx.beforeCommit(flush);
    for (const item of items) {
      held.set(item.variantId, item);
      marks.add(item.variantId);
    }
  };

  return {
    lock: async ({ variantIds = [], productIds = [] }) => {
      const notAsked = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => !asked.has(id));
      const [newVariants, newProducts] = [notAsked(variantIds), notAsked(productIds)];
      if (newVariants.length + newProducts.length > 0) {
        const rows = await tx.execute<StockRow>(LOCK, [newVariants, newProducts]);
        for (const id of [...newVariants, ...newProducts]) asked.add(id);
        for (const row of rows) if (!held.has(row.variant_id)) held.set(row.variant_id, toStockItem(row));
      }
      const wished = new Set(variantIds);
      const products = new Set(productIds);
      return products.size === 0
        ? [...wished].flatMap((id) => held.get(id) ?? [])
        : [...held.values()].filter((item) => wished.has(item.variantId) || products.has(item.productId));
    },
    add: async (items) => {
      keep(items, added);
      await Promise.resolve();
    },
    save: async (items) => {
      keep(items, changed);
      await Promise.resolve();
    },
  };
};

// In the order of ids, whoever asks: two units can wait for each other, but not in a circle.
const LOCK = `
  select ${STOCK_COLUMNS} from inventory.stock
  where variant_id = any($1::uuid[]) or product_id = any($2::uuid[])
  order by variant_id for update`;

const ROWS = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::boolean[],
  $8::bigint[])`;

const INSERT = `insert into inventory.stock (${STOCK_COLUMNS}) select * from ${ROWS}`;

const UPDATE = `
  update inventory.stock as s
  set stock_count = c.stock_count, reserved_count = c.reserved_count, low_stock_threshold = c.low_stock_threshold,
    withdrawn = c.withdrawn, version = c.version
  from ${ROWS} as c (${STOCK_COLUMNS})
  where s.variant_id = c.variant_id`;

const columnsOf = (items: readonly StockItem[]): unknown[] => [
  items.map(({ variantId }) => variantId),
  items.map(({ productId }) => productId),
  items.map(({ sku }) => sku),
  items.map(({ stock }) => stock),
  items.map(({ reserved }) => reserved),
  items.map(({ lowStockThreshold }) => lowStockThreshold),
  items.map(({ withdrawn }) => withdrawn),
  items.map(({ version }) => version),
];

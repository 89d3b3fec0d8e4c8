import type { Row } from '#adapters/postgres/columns.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import { vectorOf } from '#adapters/postgres/words.ts';
import { wordsOfLabel, type Label } from '../../core/domain/label.ts';
import { itemOf, type Shelf, type StockItem, type Variant } from '../../core/domain/stock.ts';

export const shelfTable = declareTable<Shelf>({
  name: 'inventory.stock',
  key: ['sku'],
  columns: {
    sku: 'text',
    stock: ['bigint', 'stock_count'],
    reserved: ['bigint', 'reserved_count'],
    lowStockThreshold: 'bigint',
    version: 'bigint',
  },
});

export const variantTable = declareTable<Variant>({
  name: 'inventory.variants',
  key: ['variantId'],
  columns: { variantId: 'uuid', productId: 'uuid', sku: 'text', withdrawn: 'boolean' },
});

/** Columns of a shelf joined with one of its variants, as `s` and `v`. */
export const STOCK_COLUMNS = `${shelfTable.columns('s')}, ${variantTable.columns('v')}`;

export const toStockItem = (row: Row): StockItem => itemOf(shelfTable.of(row), variantTable.of(row));

export const labelTable = declareTable<Label>({
  name: 'inventory.labels',
  key: ['variantId'],
  columns: {
    variantId: 'uuid',
    sku: 'text',
    name: 'text',
    attributes: 'jsonb',
    categoryIds: 'jsonb',
    categoryPath: 'jsonb',
    image: 'text',
  },
  derived: { terms: ['tsvector', (label) => vectorOf(wordsOfLabel(label))] },
});

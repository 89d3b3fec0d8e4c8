import { parseNumber } from '../../shared/sheet/numbers.ts';
import { partsOf, type Edits } from '../../shared/sheet/sheet-state.ts';
import type { StockChange, StockItem } from './stock-api.ts';

export const COLUMNS = ['sku', 'count', 'reserved', 'available', 'threshold', 'status'] as const;

export type ColumnKey = (typeof COLUMNS)[number];

const MOST = 1_000_000;

export const textOf = (item: StockItem, column: string): string => {
  switch (column) {
    case 'count':
      return String(item.stock_count);
    case 'reserved':
      return String(item.reserved_count);
    case 'available':
      return String(item.available);
    case 'threshold':
      return String(item.low_stock_threshold);
    case 'status':
      return item.status;
    default:
      return item.sku;
  }
};

/** Why a text cannot be stored in a cell. */
export type CellFault = 'whole' | 'negative' | 'high' | 'reserved';

export const faultOf = (
  item: StockItem,
  column: string,
  text: string,
  locale: string,
): CellFault | undefined => {
  const value = parseNumber(text, locale);
  if (value === undefined || !Number.isInteger(value)) return 'whole';
  if (value < 0) return 'negative';
  if (value > MOST) return 'high';
  return column === 'count' && value < item.reserved_count ? 'reserved' : undefined;
};

/**
 * The changes to store, one per variant; cells that are not valid are left out.
 * @param keyOf the `Idempotency-Key` of a change of the count, by what it changes
 */
export const changesOf = (
  edits: Edits,
  items: ReadonlyMap<string, StockItem>,
  locale: string,
  keyOf: (change: string) => string,
): readonly StockChange[] => {
  const changes = new Map<string, StockChange>();
  for (const [key, text] of edits) {
    const { row, column } = partsOf(key);
    const item = items.get(row);
    if (!item || faultOf(item, column, text, locale) !== undefined) continue;
    const value = parseNumber(text, locale) ?? 0;
    const change = changes.get(row) ?? { item, key: '' };
    changes.set(row, {
      ...change,
      ...(column === 'count'
        ? { count: value, key: keyOf(`${row} ${item.version} ${value}`) }
        : { threshold: value }),
    });
  }
  return [...changes.values()];
};

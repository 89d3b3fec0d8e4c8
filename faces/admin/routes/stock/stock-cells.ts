import type { Schemas } from '../../api.ts';
import { parseNumber } from '../../shared/sheet/numbers.ts';
import { cellKey, partsOf, type Edits } from '../../shared/sheet/sheet-state.ts';

export type StockItem = Schemas['StockItem'];

export const COLUMNS = ['sku', 'count', 'reserved', 'available', 'threshold', 'status', 'history'] as const;

export type ColumnKey = (typeof COLUMNS)[number];

const EDITABLE = ['count', 'threshold'] as const;

export type EditableColumn = (typeof EDITABLE)[number];

export const editableIn = (column: string): EditableColumn | undefined =>
  EDITABLE.find((one) => one === column);

const MOST = 1_000_000;

export const valueOf = (item: StockItem, column: EditableColumn): number =>
  column === 'count' ? item.stock_count : item.low_stock_threshold;

export const textOf = (item: StockItem, column: string): string => {
  switch (column) {
    case 'count':
    case 'threshold':
      return String(valueOf(item, column));
    case 'reserved':
      return String(item.reserved_count);
    case 'available':
      return String(item.available);
    case 'status':
      return item.status;
    case 'sku':
      return item.sku;
    default:
      return '';
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

/** Items as they were when their cells were first changed: by SKU. */
export type Bases = ReadonlyMap<string, StockItem>;

/** The items of all changed rows; the same object if nothing is new. Rows that a filter has hidden meanwhile keep theirs. */
export const basesOf = (bases: Bases, edits: Edits, shown: ReadonlyMap<string, StockItem>): Bases => {
  const rows = new Set([...edits.keys()].map((key) => partsOf(key).row));
  const next = new Map<string, StockItem>();
  for (const row of rows) {
    const item = bases.get(row) ?? shown.get(row);
    if (item) next.set(row, item);
  }
  return next.size === bases.size && [...next].every(([row, item]) => bases.get(row) === item) ? bases : next;
};

/** What is to become of a cell. */
export interface StockChange {
  readonly sku: string;
  readonly column: EditableColumn;
  readonly value: number;
  /** What it was when it was changed. */
  readonly base: number;
}

/** The outcome of a change. */
export type StockOutcome =
  | { readonly change: StockChange; readonly result: Schemas['StockChangeResult'] }
  /** Whether it was made is not known. */
  | { readonly change: StockChange; readonly error: unknown };

/** The changes to store, one per cell; cells that are not valid are left out. */
export const changesOf = (edits: Edits, bases: Bases, locale: string): readonly StockChange[] =>
  [...edits].flatMap(([key, text]): readonly StockChange[] => {
    const { row: sku, column: name } = partsOf(key);
    const item = bases.get(sku);
    const column = editableIn(name);
    if (!item || !column || faultOf(item, column, text, locale) !== undefined) return [];
    return [{ sku, column, value: parseNumber(text, locale) ?? 0, base: valueOf(item, column) }];
  });

/** A cell that someone else has changed since. */
export interface Conflict {
  readonly sku: string;
  readonly column: EditableColumn;
  readonly mine: number;
  readonly theirs: number;
}

export const conflictsIn = (outcomes: readonly StockOutcome[]): readonly Conflict[] =>
  outcomes.flatMap((outcome): readonly Conflict[] => {
    if (!('result' in outcome) || outcome.result.status !== 'conflict' || !outcome.result.current) return [];
    const { sku, column, value: mine } = outcome.change;
    return [{ sku, column, mine, theirs: valueOf(outcome.result.current, column) }];
  });

/** The cells that are as they should be. */
export const storedIn = (outcomes: readonly StockOutcome[]): readonly string[] =>
  outcomes.flatMap((outcome) =>
    'result' in outcome && (outcome.result.status === 'applied' || outcome.result.status === 'unchanged')
      ? cellKey(outcome.change.sku, outcome.change.column)
      : [],
  );

/** The items as they are now. */
export const currentIn = (outcomes: readonly StockOutcome[]): readonly StockItem[] =>
  outcomes.flatMap((outcome) => ('result' in outcome ? (outcome.result.current ?? []) : []));

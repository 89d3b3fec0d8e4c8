import { fieldOf, MORE_PAIRS, PAIR, PAIRS, type Notation } from './fields.ts';
import { unguarded } from '#adapters/csv/cells.ts';

/** What a row says: the fields of its product, and of its variant. */
export interface RowData {
  readonly handle: string | undefined;
  /** Empty if all its cells are: the product's fields stay as they are. */
  readonly product: object;
  readonly variant: object & { readonly sku?: unknown };
}

type Values = Record<string, unknown>;

/** Never sets a prototype, whatever the name. */
const set = (values: Values, name: string, value: unknown): void => {
  if (name !== '__proto__') values[name] = value;
  else Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
};

const objectIn = (cell: string): unknown => {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
};

/** @param fields of each column; undefined for one that is ignored */
export const readRow = (
  fields: readonly (string | undefined)[],
  cells: readonly string[],
  notation: Notation,
): RowData => {
  const said = { product: {} as Values, variant: {} as Values };
  const pairs = { attributes: {} as Values, specifications: {} as Values };
  let handle: string | undefined;
  let isProductSaid = false;
  for (const [at, field] of fields.entries()) {
    const raw = cells[at];
    if (field === undefined || raw === undefined) continue;
    const cell = unguarded(raw);
    const pair = PAIR.exec(field);
    const known = fieldOf(field);
    if (known) {
      const value = known.read(cell, notation);
      if (value !== undefined) set(said[known.of], field, value);
      if (known.of === 'product' && cell !== '') isProductSaid = true;
    } else if (pair) {
      const kind = PAIRS[pair[1] as keyof typeof PAIRS];
      set(pairs[kind], pair[2] ?? '', cell);
      if (kind === 'specifications' && cell !== '') isProductSaid = true;
    } else if (MORE_PAIRS.includes(field)) {
      if (cell === '') continue;
      const more = objectIn(cell);
      const kind = field as keyof typeof pairs;
      if (typeof more !== 'object' || more === null || Array.isArray(more))
        set(said[ownerOf(kind)], kind, cell);
      else for (const [name, value] of Object.entries(more)) set(pairs[kind], name, value);
      if (kind === 'specifications') isProductSaid = true;
    } else handle = cell;
  }
  for (const kind of ['attributes', 'specifications'] as const)
    if (Object.keys(pairs[kind]).length > 0 && !(kind in said[ownerOf(kind)]))
      set(said[ownerOf(kind)], kind, pairs[kind]);
  return { handle, product: isProductSaid ? said.product : {}, variant: said.variant };
};

const ownerOf = (kind: 'attributes' | 'specifications'): 'product' | 'variant' =>
  kind === 'attributes' ? 'variant' : 'product';

import { csvLine, guarded } from '#adapters/csv/cells.ts';
import type { Product, Variant } from '../../core/domain/product.ts';
import { FIELDS, HANDLE, PAIR, PAIRS } from '../imports/fields.ts';
import { LONGEST_HEAD } from '../imports/limits.ts';

type Kind = keyof typeof PAIRS;
const KINDS = ['spec', 'attr'] as const;

const written = Object.entries(FIELDS).flatMap(([name, { of, write }]) =>
  write ? [{ name, of, write }] : [],
);
/** With these, the pairs of a row are as many as a row may have, even if all its own have no column. */
const MOST_PAIR_COLUMNS = 100;
const FIXED = [HANDLE, ...written.map(({ name }) => name), ...Object.values(PAIRS)];

/** Names of specifications and attributes that get columns of their own. */
export interface PairColumns {
  readonly spec: readonly string[];
  readonly attr: readonly string[];
}

/** Collects the names of pairs, as many as a file may have columns. */
export class PairNames {
  readonly #names = { spec: new Set<string>(), attr: new Set<string>() };
  #left = MOST_PAIR_COLUMNS;
  #length = FIXED.join().length;

  add({ specifications, variants }: Product): void {
    for (const name of Object.keys(specifications)) this.#add('spec', name);
    for (const { attributes } of variants)
      for (const name of Object.keys(attributes)) this.#add('attr', name);
  }

  get columns(): PairColumns {
    return { spec: [...this.#names.spec].sort(), attr: [...this.#names.attr].sort() };
  }

  #add(kind: Kind, name: string): void {
    const column = `${kind}.${name}`;
    const length = this.#length + csvLine([column], ',').length;
    if (this.#names[kind].has(name) || this.#left === 0 || length > LONGEST_HEAD || !PAIR.test(column))
      return;
    this.#names[kind].add(name);
    this.#left -= 1;
    this.#length = length;
  }
}

export const csvHead = (columns: PairColumns): string =>
  csvLine([...FIXED, ...KINDS.flatMap((kind) => columns[kind].map((name) => `${kind}.${name}`))], ',');

/** A row per variant. The fields of the product are in its first row. */
export const csvRows = (product: Product, columns: PairColumns): string =>
  product.variants.map((variant, at) => csvRow(product, variant, columns, at === 0)).join('');

const csvRow = (product: Product, variant: Variant, columns: PairColumns, isFirst: boolean): string => {
  const pairs = {
    spec: isFirst ? product.specifications : {},
    attr: variant.attributes,
  };
  const own = written.map(({ of, write }) => (of === 'variant' || isFirst ? write(product, variant) : ''));
  const more = {
    attributes: others(pairs.attr, columns.attr),
    specifications: others(pairs.spec, columns.spec),
  };
  const cells = [
    product.productId,
    ...own,
    ...Object.values(PAIRS).map((kind) => more[kind]),
    ...KINDS.flatMap((kind) => columns[kind].map((name) => valueIn(pairs[kind], name))),
  ];
  return csvLine(cells.map(guarded), ',');
};

/** Empty without such a name; names may be any, also that of a method. */
const valueIn = (pairs: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(pairs, name) ? (pairs[name] ?? '') : '';

/** Pairs without a column of their own, as JSON. */
const others = (pairs: Readonly<Record<string, string>>, columns: readonly string[]): string => {
  const known = new Set(columns);
  const rest = Object.entries(pairs).filter(([name]) => !known.has(name));
  return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
};

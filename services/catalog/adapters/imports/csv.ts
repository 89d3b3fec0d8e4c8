import { breathe } from '#adapters/system/breath.ts';
import { err, ok, refuse, type Result } from '#kernel/result.ts';
import type { ImportMode, ImportRow } from '../../core/application/import-products.ts';
import { columnsOf, SHARED, type InvalidFile } from './columns.ts';
import { LONGEST_HEAD, MOST_ROWS } from './limits.ts';
import { checkVariant, KnownSkus, patchOf } from './patches.ts';
import { delimiterOf, recordsOf } from './records.ts';
import { TOO_LONG, type TooLong } from './too-long.ts';

type Cells = Readonly<Record<string, string | undefined>>;

/** Rows with the same `handle` are one product. */
interface Group {
  line: number;
  readonly shared: object;
  readonly variants: unknown[];
  readonly errors: string[];
}

/**
 * Reads CSV with one variant per row. A faulty row is rejected alone, or with its product if products are replaced, which
 * would otherwise lose the variant.
 */
export const readCsv = async (
  lines: readonly string[],
  mode: ImportMode,
): Promise<Result<ImportRow[], InvalidFile | TooLong>> => {
  const start = lines.findIndex((line) => line.trim() !== '');
  const head = lines[start] ?? '';
  if (start < 0) return ok([]);
  if (head.length > LONGEST_HEAD) return refuse('INVALID_FILE', 'The first line is too long.');
  const delimiter = delimiterOf(head);
  const rows: ImportRow[] = [];
  const groups = new Map<string, Group>();
  const skus = new KnownSkus();
  let columns: readonly string[] | undefined;
  let count = 0;
  for await (const { line, cells } of recordsOf(lines, start, delimiter)) {
    if (!columns) {
      const named = cells.ok ? columnsOf(cells.value) : refuse('INVALID_FILE', cells.error);
      if (!named.ok) return named;
      columns = named.value;
      continue;
    }
    if ((count += 1) > MOST_ROWS) return TOO_LONG;
    if (!cells.ok) {
      if (mode === 'replace') return refuse('INVALID_FILE', `Line ${line}: ${cells.error}`);
      rows.push({ line, patch: err([cells.error]) });
      continue;
    }
    const row = Object.fromEntries(columns.map((name, index) => [name, cells.value[index]]));
    const group = groupOf(groups, row, line);
    const variant = variantOf(row);
    const errors = errorsOf(cells.value.slice(columns.length), variant, line, skus);
    if (errors.length === 0) group.variants.push(variant);
    else if (mode === 'replace') group.errors.push(...errors.map((reason) => `Line ${line}: ${reason}`));
    else rows.push({ line, patch: err(errors) });
    if (group.variants.length === 1 && errors.length === 0 && mode === 'merge') group.line = line;
  }
  for (const group of groups.values()) {
    await breathe();
    rows.push(...toRow(group));
  }
  return ok(rows.sort((a, b) => a.line - b.line));
};

const toRow = ({ line, shared, variants, errors }: Group): ImportRow[] => {
  if (errors.length > 0) return [{ line, patch: err(errors) }];
  return variants.length === 0 ? [] : [{ line, patch: patchOf({ ...shared, variants }) }];
};

/** A row without a handle is a separate product. */
const groupOf = (groups: Map<string, Group>, row: Cells, line: number): Group => {
  const key =
    row['handle'] === undefined || row['handle'] === '' ? `line ${line}` : `handle ${row['handle']}`;
  const known = groups.get(key);
  if (known) return known;
  const group = { line, shared: sharedOf(row), variants: [], errors: [] };
  groups.set(key, group);
  return group;
};

/** Fields without a column probably come from an unquoted comma. */
const errorsOf = (
  extra: readonly string[],
  variant: object & { readonly sku: string | undefined },
  line: number,
  skus: KnownSkus,
): readonly string[] => {
  if (extra.some((cell) => cell !== '')) return ['It has more fields than the first line.'];
  const checked = checkVariant(variant);
  if (!checked.ok) return checked.error;
  const repetition = skus.repetition(line, [checked.value.sku]);
  return repetition === undefined ? [] : [repetition];
};

/** The shared fields of a row. If all are empty, they are omitted; otherwise an empty cell clears the field. */
const sharedOf = (row: Cells): object => {
  const { tags, ...text } = said(row, SHARED);
  const specifications = prefixed(row, 'spec.');
  const values = [...Object.values(text), tags, ...Object.values(specifications)];
  if (values.every((value) => value === undefined || value === '')) return {};
  return {
    ...text,
    ...(tags === undefined ? {} : { tags: list(tags) }),
    ...(Object.keys(specifications).length === 0 ? {} : { specifications }),
  };
};

const variantOf = (row: Cells): object & { readonly sku: string | undefined } => {
  const { price, images, initial_stock: stock = '' } = row;
  const attributes = prefixed(row, 'attr.');
  return {
    sku: row['sku'],
    ...said(row, ['currency']),
    ...(price === undefined ? {} : { price: number(price) }),
    ...(images === undefined ? {} : { images: list(images) }),
    ...(stock === '' ? {} : { initial_stock: number(stock) }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
};

const said = (row: Cells, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = row[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const prefixed = (row: Cells, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value !== undefined && name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

const list = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Text that is not a number is left unchanged, and the schema refuses it. */
const number = (text: string): number | string => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text);

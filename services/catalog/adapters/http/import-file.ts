import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import { unstorable } from '#adapters/http/storable.ts';
import { err, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { ImportRow } from '../../core/application/import-products.ts';
import type { ProductDraft } from '../../core/domain/product.ts';
import { toDraft } from './mapping.ts';

type ProductInput = components['schemas']['ProductInput'];

const check = schemaCheck<ProductInput>('catalog.yaml', 'ProductInput');

const asDraft = (value: unknown): Result<ProductDraft, readonly string[]> => {
  const checked = check(value);
  if (!checked.ok) return checked;
  const pointer = unstorable(value);
  if (pointer !== undefined) return err([`${pointer} holds a character that cannot be stored`]);
  const draft = toDraft(checked.value);
  return draft.ok ? draft : err([draft.error.detail]);
};

/** Reads a file of products, one JSON object per line or CSV with one variant per row. */
export const readImport = (text: string, contentType: string): ImportRow[] =>
  contentType.startsWith('text/csv') ? readCsv(text) : readJsonLines(text);

const readJsonLines = (text: string): ImportRow[] =>
  text.split(/\r?\n/).flatMap((content, index) => {
    if (content.trim() === '') return [];
    const line = index + 1;
    try {
      return [{ line, draft: asDraft(JSON.parse(content.trim())) }];
    } catch {
      return [{ line, draft: err(['The line is not valid JSON.']) }];
    }
  });

interface CsvRow {
  readonly line: number;
  readonly record: Readonly<Record<string, string>>;
}

/** Rows with the same `handle` are one product; what all variants share is taken from the first. */
const readCsv = (text: string): ImportRow[] => {
  let parsed: readonly {
    readonly record: Record<string, string>;
    readonly info: { readonly lines: number };
  }[];
  try {
    parsed = parseCsv(text, {
      columns: true,
      skip_empty_lines: true,
      relax_column_count: true, // what is missing then is reported for its row
      trim: true,
      bom: true,
      info: true,
    });
  } catch (error) {
    const [line, reason] =
      error instanceof CsvError ? [Number(error['lines']), error.message] : [1, 'The file is not CSV.'];
    return [{ line, draft: err([reason]) }];
  }
  const rows = parsed.map(({ record, info }): CsvRow => ({ line: info.lines, record }));
  return [...Map.groupBy(rows, productKey).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ line: first.line, draft: asDraft(productOf(first, group)) }] : [];
  });
};

/** A row without a handle is a product of its own. */
const productKey = ({ record, line }: CsvRow): string | number => {
  const { handle = '' } = record;
  return handle === '' ? line : handle;
};

const productOf = ({ record }: CsvRow, group: readonly CsvRow[]): unknown => ({
  ...pick(record, ['name', 'description', 'category', 'subcategory', 'brand']),
  tags: list(record['tags']),
  specifications: prefixed(record, 'spec.'),
  variants: group.map(({ record: variant }) => ({
    ...pick(variant, ['sku', 'currency']),
    attributes: prefixed(variant, 'attr.'),
    price: number(variant['price']),
    images: list(variant['images']),
    initial_stock: number(variant['initial_stock'], '0'),
  })),
});

const pick = (record: CsvRow['record'], names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, record[name]]));

const list = (text = ''): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What is no number stays as it is, for the schema to refuse. */
const number = (text = '', otherwise = ''): number | string => {
  const given = text === '' ? otherwise : text;
  return /^\d+(\.\d+)?$/.test(given) ? Number(given) : given;
};

const prefixed = (record: CsvRow['record'], prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name, value]) => name.startsWith(prefix) && value !== '')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

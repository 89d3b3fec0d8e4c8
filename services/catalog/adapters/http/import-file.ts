import { CsvError, parse as parseCsv, type InfoRecord } from 'csv-parse/sync';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import { unstorable } from '#adapters/http/storable.ts';
import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
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

/** A longer file is to be sent in parts: what is told of each row must fit into one answer. */
const MOST_ROWS = 50_000;
/** Characters; as long as a product may be that comes alone. */
const LONGEST_ROW = 256 * 1024;

type Read = Result<ImportRow[], Refusal<'PAYLOAD_TOO_LARGE'>>;

const TOO_LONG = refuse('PAYLOAD_TOO_LARGE', `The file has more than ${MOST_ROWS} rows; send it in parts.`);

/** Reads a file of products, one JSON object per line or CSV with one variant per row. */
export const readImport = (text: string, contentType: string): Read => {
  const sameEnds = text.replace(/\r\n?/g, '\n');
  return /^text\/csv/i.test(contentType) ? readCsv(sameEnds) : readJsonLines(sameEnds);
};

const readJsonLines = (text: string): Read => {
  const lines = text.split('\n', MOST_ROWS + 1);
  if (lines.length > MOST_ROWS) return TOO_LONG;
  return ok(
    lines.flatMap((content, index) =>
      content.trim() === '' ? [] : [{ line: index + 1, draft: readJson(content.trim()) }],
    ),
  );
};

const readJson = (content: string): ImportRow['draft'] => {
  if (content.length > LONGEST_ROW) return err(['The line is too long.']);
  try {
    return asDraft(JSON.parse(content));
  } catch {
    return err(['The line is not valid JSON.']);
  }
};

interface CsvRow {
  /** Where it begins: quoted text may go on over many lines. */
  readonly line: number;
  readonly record: Readonly<Record<string, string>>;
  /** It has fields that no column is named for: a comma without quotes, probably. */
  readonly isTooWide: boolean;
}

interface ParsedRow {
  readonly record: Record<string, string>;
  readonly raw: string;
  readonly info: Pick<InfoRecord, 'lines'> & Partial<Pick<InfoRecord, 'error'>>;
}

const toRow = ({ record, raw, info: { lines, error } }: ParsedRow): CsvRow => {
  const [fields, columns]: readonly unknown[] = [error?.['record'], error?.['columns']];
  const extra: readonly unknown[] =
    Array.isArray(fields) && Array.isArray(columns) ? fields.slice(columns.length) : [];
  const more = raw.trim().split('\n').length - 1;
  return { record, line: lines - more, isTooWide: extra.some((field) => field !== '') };
};

/** Rows with the same `handle` are one product; what all variants share is taken from the first. */
const readCsv = (text: string): Read => {
  let parsed: readonly ParsedRow[];
  try {
    parsed = parseCsv(text, {
      columns: true,
      skip_records_with_empty_values: true, // a spreadsheet's empty lines hold commas
      relax_column_count: true, // what is missing then, or too much, is reported for its row
      max_record_size: LONGEST_ROW,
      to: MOST_ROWS + 1,
      trim: true,
      bom: true,
      info: true,
      raw: true,
    });
  } catch (error) {
    const [line, reason] =
      error instanceof CsvError ? [Number(error['lines']), error.message] : [1, 'The file is not CSV.'];
    return ok([{ line, draft: err([reason]) }]);
  }
  if (parsed.length > MOST_ROWS) return TOO_LONG;
  return ok(
    [...Map.groupBy(parsed.map(toRow), productKey).values()].flatMap((group) => {
      const [first] = group;
      return first ? [{ line: first.line, draft: draftOf(first, group) }] : [];
    }),
  );
};

const draftOf = (first: CsvRow, group: readonly CsvRow[]): ImportRow['draft'] => {
  const tooWide = group.find(({ isTooWide }) => isTooWide);
  return tooWide
    ? err([`Line ${tooWide.line} has more fields than the first line.`])
    : asDraft(productOf(first, group));
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

import { breathe } from '#adapters/system/breath.ts';
import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { ImportRow } from '../../core/application/import-products.ts';
import type { ImportMode } from '../../core/domain/import-job.ts';
import { FIELDS, HANDLE, type Notation } from './fields.ts';
import { LONGEST_HEAD, MOST_LINES, MOST_ROWS } from './limits.ts';
import { columnsOf, isField } from './mapping.ts';
import { checkVariant, patchOf } from './patches.ts';
import { CsvReader, type CsvRecord } from './records.ts';
import { readRow, type RowData } from './rows.ts';
import { SeenTexts } from './seen.ts';
import { piecesOf } from './text.ts';
import { TOO_LONG, type TooLong } from './too-long.ts';

export type InvalidFile = Refusal<'INVALID_FILE'>;

const POINT: Notation = { decimal: '.' };

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
  text: string,
  mode: ImportMode,
): Promise<Result<ImportRow[], InvalidFile | TooLong>> => {
  const rows: ImportRow[] = [];
  const groups = new Map<string, Group>();
  const skus = new SeenTexts();
  const reader = new CsvReader();
  let fields: readonly string[] | undefined;
  let count = 0;
  for await (const { line, text: raw, cells } of recordsOf(reader, text)) {
    if (reader.lines > MOST_LINES) return TOO_LONG;
    if (!fields) {
      if (raw.length > LONGEST_HEAD) return refuse('INVALID_FILE', 'The first line is too long.');
      const named = cells.ok ? fieldsOf(cells.value) : refuse('INVALID_FILE', cells.error);
      if (!named.ok) return named;
      fields = named.value;
      continue;
    }
    if ((count += 1) > MOST_ROWS) return TOO_LONG;
    if (!cells.ok) {
      if (mode === 'replace') return refuse('INVALID_FILE', `Line ${line}: ${cells.error}`);
      rows.push({ line, patch: err([cells.error]) });
      continue;
    }
    const row = readRow(fields, cells.value, POINT);
    const group = groupOf(groups, row, line);
    const errors = errorsOf(cells.value.slice(fields.length), row.variant, line, skus);
    if (errors.length === 0) group.variants.push(row.variant);
    else if (mode === 'replace') group.errors.push(...errors.map((reason) => `Line ${line}: ${reason}`));
    else rows.push({ line, patch: err(errors) });
    if (group.variants.length === 1 && errors.length === 0 && mode === 'merge') group.line = line;
  }
  if (reader.lines > MOST_LINES) return TOO_LONG;
  for (const group of groups.values()) {
    await breathe();
    rows.push(...toRow(group));
  }
  return ok(rows.sort((a, b) => a.line - b.line));
};

async function* recordsOf(reader: CsvReader, text: string): AsyncGenerator<CsvRecord> {
  for (const piece of piecesOf(text))
    for (const record of reader.push(piece)) {
      yield record;
      await breathe();
    }
  yield* reader.end();
}

/** The validated column names: the data of a mistyped column would be lost silently. */
const fieldsOf = (head: readonly string[]): Result<readonly string[], InvalidFile> => {
  const names = head.slice(0, head.findLastIndex((name) => name !== '') + 1);
  const columns = columnsOf(names);
  if (!columns.ok) return refuse('INVALID_FILE', columns.error);
  const unknown = names.find((name) => !isField(name));
  if (unknown !== undefined)
    return refuse(
      'INVALID_FILE',
      `Unknown column "${unknown.slice(0, 100)}". The columns are: ${HANDLE}, ${Object.keys(FIELDS).join(', ')}, attr.…, spec.….`,
    );
  return names.includes('sku') ? ok(names) : refuse('INVALID_FILE', 'The column "sku" is missing.');
};

const toRow = ({ line, shared, variants, errors }: Group): ImportRow[] => {
  if (errors.length > 0) return [{ line, patch: err(errors) }];
  return variants.length === 0 ? [] : [{ line, patch: patchOf({ ...shared, variants }) }];
};

/** A row without a handle is a separate product. */
const groupOf = (groups: Map<string, Group>, { handle = '', product }: RowData, line: number): Group => {
  const key = handle === '' ? `line ${line}` : `handle ${handle}`;
  const known = groups.get(key);
  if (known) return known;
  const group = { line, shared: product, variants: [], errors: [] };
  groups.set(key, group);
  return group;
};

/** Fields without a column probably come from an unquoted comma. */
const errorsOf = (
  extra: readonly string[],
  variant: RowData['variant'],
  line: number,
  skus: SeenTexts,
): readonly string[] => {
  if (extra.some((cell) => cell !== '')) return ['It has more fields than the first line.'];
  const checked = checkVariant(variant);
  if (!checked.ok) return checked.error;
  const { sku } = checked.value;
  const first = skus.lineOf(sku);
  if (first === undefined) skus.add(sku, line);
  return first === undefined ? [] : [repetition(sku, first)];
};

/** Why a line is rejected that repeats a SKU. */
export const repetition = (sku: string, firstLine: number): string =>
  `${sku} is already in line ${firstLine}.`;

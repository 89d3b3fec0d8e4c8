import { err, ok, type Result } from '#kernel/result.ts';
import type { FileFacts, ImportJob } from '../../core/domain/import-job.ts';
import type { RawRow, RejectedRow, RowError } from '../../core/ports/import-files.ts';
import type { FileGroup } from '../../core/ports/import-reader.ts';
import { repetition } from './csv.ts';
import { HANDLE } from './fields.ts';
import { MOST_GROUP_ROWS } from './limits.ts';
import { checkVariant, patchOf } from './patches.ts';
import type { CsvRecord } from './records.ts';
import { readRow, type RowData } from './rows.ts';
import { SeenTexts } from './seen.ts';

interface Open {
  /** Undefined for a row that is a product of its own. */
  readonly handle: string | undefined;
  /** Fields of the product, from its first valid row. */
  product: object | undefined;
  readonly variants: unknown[];
  readonly rows: RawRow[];
  readonly rejected: RejectedRow[];
  /** The line of a faulty row that is, or may be, of this product. */
  fault: number | undefined;
}

const TOO_MANY: readonly RowError[] = [{ message: `A product has at most ${MOST_GROUP_ROWS} rows.` }];

/**
 * Joins adjacent rows with the same handle to products. A faulty row is rejected alone, or with its product if products are
 * replaced, which would otherwise lose the variant.
 */
export class Grouping {
  readonly #job: Pick<ImportJob, 'mode' | 'decimal'>;
  readonly #columns: FileFacts['columns'];
  readonly #fields: readonly (string | undefined)[];
  readonly #delimiter: string;
  readonly #skus = new SeenTexts();
  readonly #handles = new SeenTexts();
  #open: Open | undefined;
  /** The handle of a product with too many rows. */
  #full: string | undefined;
  /** The line of a faulty row that may be of the next product. */
  #doubt: number | undefined;

  constructor(job: Pick<ImportJob, 'mode' | 'decimal'>, { columns, delimiter = ',' }: FileFacts) {
    this.#job = job;
    this.#columns = columns;
    this.#fields = columns.map(({ field }) => field ?? undefined);
    this.#delimiter = delimiter;
  }

  /** @param number of the row */
  *add(number: number, record: CsvRecord): Generator<FileGroup> {
    const { line } = record;
    const cells = record.cells.ok ? record.cells.value : record.text.split(this.#delimiter);
    const row: RawRow = { number, line, cells: fitted(cells, this.#columns.length, this.#delimiter) };
    const data = readRow(this.#fields, cells, this.#job);
    const handle = record.cells.ok ? (data.handle ?? '') : (data.handle ?? '').replace(/^"(.*)"$/, '$1');
    if (handle !== '' && handle === this.#full) {
      yield { last: number, rejected: [{ ...row, errors: TOO_MANY }] };
      return;
    }
    const joins = handle !== '' && this.#open?.handle === handle;
    if (joins && this.#open && this.#open.rows.length + this.#open.rejected.length >= MOST_GROUP_ROWS) {
      this.#open.fault ??= line;
      this.#full = handle;
      yield* this.end();
      yield { last: number, rejected: [{ ...row, errors: TOO_MANY }] };
      return;
    }
    const isDoubtful = !record.cells.ok && handle.includes('"');
    if (isDoubtful && this.#open) this.#open.fault ??= line;
    if (!joins) yield* this.end();
    const earlier = joins || handle === '' ? undefined : this.#handles.lineOf(handle);
    const open = (this.#open ??= this.#begin(handle, line, earlier === undefined));
    if (isDoubtful) this.#doubt = line;
    const checked =
      earlier === undefined ? this.#check(record, cells, data, line) : this.#apart(handle, earlier);
    if (checked.ok) {
      open.product ??= data.product;
      open.variants.push(data.variant);
      open.rows.push(row);
    } else {
      open.fault ??= line;
      open.rejected.push({ ...row, errors: checked.error });
    }
  }

  *end(): Generator<FileGroup> {
    const open = this.#open;
    this.#open = undefined;
    if (open) yield this.#group(open);
  }

  #begin(handle: string, line: number, isNew: boolean): Open {
    if (handle !== '' && isNew) this.#handles.add(handle, line);
    const fault = this.#doubt;
    this.#doubt = undefined;
    return {
      handle: handle === '' ? undefined : handle,
      product: undefined,
      variants: [],
      rows: [],
      rejected: [],
      fault,
    };
  }

  #group({ product = {}, variants, rows, rejected, fault }: Open): FileGroup {
    const last = Math.max(rows.at(-1)?.number ?? 0, rejected.at(-1)?.number ?? 0);
    const [first] = rows;
    if (!first) return { last, rejected };
    const withRows = (errors: readonly RowError[]): readonly RejectedRow[] =>
      [...rejected, ...rows.map((row) => ({ ...row, errors }))].sort((a, b) => a.number - b.number);
    if (fault !== undefined && this.#job.mode === 'replace')
      return { last, rejected: withRows([{ message: `Line ${fault} of its product is rejected.` }]) };
    const patch = patchOf({ ...product, variants });
    if (patch.ok) return { last, rejected, product: { line: first.line, patch: patch.value, rows } };
    return { last, rejected: withRows(patch.error.map((reason) => this.#errorOf(reason))) };
  }

  #apart(handle: string, line: number): Result<never, readonly RowError[]> {
    const message = `Rows of ${handle} begin in line ${line}; the rows of a product must be adjacent.`;
    return err([{ column: this.#nameOf(HANDLE), message }]);
  }

  #check(
    record: CsvRecord,
    cells: readonly string[],
    { variant }: RowData,
    line: number,
  ): Result<undefined, readonly RowError[]> {
    if (!record.cells.ok) {
      const at = cells.findIndex((cell) => cell.split('"').length % 2 === 0);
      const column = this.#columns[at]?.name;
      return err([{ ...(column === undefined ? {} : { column }), message: record.cells.error }]);
    }
    const extra = cells.slice(this.#columns.length);
    if (extra.some((cell) => cell !== '') || cells.length < this.#columns.length)
      return err([
        { message: `It has ${cells.length} fields, and the first line has ${this.#columns.length}.` },
      ]);
    const checked = checkVariant(variant);
    if (!checked.ok) return err(checked.error.map((reason) => this.#errorOf(reason)));
    const { sku } = checked.value;
    const first = this.#skus.lineOf(sku);
    if (first !== undefined) return err([{ column: this.#nameOf('sku'), message: repetition(sku, first) }]);
    this.#skus.add(sku, line);
    return ok(undefined);
  }

  /** `/attributes/size must be string` concerns the column of `attr.size`. */
  #errorOf(reason: string): RowError {
    const [, first = '', second = ''] = /^(?:\/variants\/\d+)?\/([^/\s]*)(?:\/(\S*))?/.exec(reason) ?? [];
    const pair = { attributes: 'attr', specifications: 'spec' }[first];
    const column = this.#nameOf(pair === undefined ? first : `${pair}.${second}`);
    const message = reason.replace(/^\/\S*\s*/, '');
    return column === undefined ? { message: reason } : { column, message };
  }

  #nameOf(field: string): string | undefined {
    return this.#columns.find((column) => column.field === field)?.name;
  }
}

/** As many cells as there are columns; further ones stay in the last, so that nothing of the row is lost. */
const fitted = (cells: readonly string[], count: number, delimiter: string): readonly string[] =>
  cells.length === count
    ? cells
    : Array.from({ length: count }, (_, at) =>
        at < count - 1 || cells.length <= count ? (cells[at] ?? '') : cells.slice(at).join(delimiter),
      );

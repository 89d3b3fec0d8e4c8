import type { ImportJob } from '../../core/domain/import-job.ts';
import type { ImportFiles, RejectedRow } from '../../core/ports/import-files.ts';
import { csvLine, guarded, unguarded } from '#adapters/csv/cells.ts';
import { ERROR_COLUMNS } from './fields.ts';

const AT_ONCE = 200;
/** Tells spreadsheets that CSV is in UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The rejected rows as a file that can be imported once they are repaired. */
export async function* rejectedFile(job: ImportJob, files: ImportFiles): AsyncGenerator<string> {
  const { format, file } = job;
  const { delimiter = ',', columns = [] } = file ?? {};
  const names = columns.map(({ name }) => name).filter((name) => !isAdded(name));
  if (format === 'csv') yield BYTE_ORDER_MARK + csvLine([...names, ...ERROR_COLUMNS], delimiter);
  const written = (row: RejectedRow): string =>
    format === 'jsonl'
      ? `${jsonOf(row)}\n`
      : csvLine(
          [...row.cells.filter((_, at) => !isAdded(columns[at]?.name ?? '')).map(safe), ...errorCells(row)],
          delimiter,
        );
  let after: string | undefined;
  do {
    const { rows, next } = await files.rejected(job.id, after, AT_ONCE);
    if (rows.length > 0) yield rows.map(written).join('');
    after = next;
  } while (after !== undefined);
}

const isAdded = (name: string): boolean => ERROR_COLUMNS.some((added) => added === name);

/** Also cells that had no apostrophe in the original file. */
const safe = (cell: string): string => guarded(unguarded(cell));

const reasonOf = ({ errors }: RejectedRow): string => errors.map(({ message }) => message).join('; ');

const columnOf = ({ errors }: RejectedRow): string =>
  errors.find(({ column }) => column !== undefined)?.column ?? '';

const errorCells = (row: RejectedRow): readonly string[] => [
  String(row.line),
  guarded(columnOf(row)),
  guarded(reasonOf(row)),
];

const jsonOf = (row: RejectedRow): string => {
  const [line = ''] = row.cells;
  const column = columnOf(row);
  return JSON.stringify({
    ...objectIn(line),
    error_line: row.line,
    ...(column !== '' && { error_column: column }),
    error: reasonOf(row),
  });
};

const objectIn = (line: string): object => {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // shown as it is
  }
  return { line };
};

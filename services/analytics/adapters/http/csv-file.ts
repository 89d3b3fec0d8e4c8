import { csvLine, guarded } from '#adapters/csv/cells.ts';

interface CsvFile {
  /** Without the ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

const cellOf = (value: string | number | undefined): string =>
  typeof value === 'string' ? guarded(value) : String(value ?? '');

/** The answer to a download. Texts that a spreadsheet would run are guarded. */
export const csvFile = ({ name, columns, rows }: CsvFile) =>
  ({
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${name}.csv"` },
    type: 'text/csv',
    body: [columns, ...rows.map((row) => row.map(cellOf))].map((row) => csvLine(row, ',')).join(''),
  }) as const;

import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { breathe } from '#adapters/system/breath.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import { LONGEST_ROW, MOST_LINES } from './limits.ts';

/** The lines of a text with any line ending; undefined if there are too many. */
export const linesOf = async (text: string): Promise<string[] | undefined> => {
  const lines: string[] = [];
  const end = /\r\n?|\n/g;
  let start = 0;
  for (let found = end.exec(text); found; found = end.exec(text)) {
    lines.push(text.slice(start, found.index));
    start = end.lastIndex;
    if (lines.length >= MOST_LINES) return undefined;
    if (lines.length % 1_000 === 0) await breathe();
  }
  return [...lines, text.slice(start)];
};

/** The delimiter: the candidate that the first line contains most often. */
export const delimiterOf = (head: string): string => {
  const bare = head.replace(/"[^"]*"/g, '');
  const count = (mark: string): number => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};

export interface CsvRecord {
  /** The first line of the record, counted from 1. */
  readonly line: number;
  readonly cells: Result<readonly string[], string>;
}

/**
 * The records that begin at or after line `start`, without empty ones. A line with unmatched quotes is a faulty record by
 * itself: the next record begins at the next line, so that no other is affected.
 */
export async function* recordsOf(
  lines: readonly string[],
  start: number,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  for (let at = start; at < lines.length;) {
    const { cells, taken } = recordAt(lines, at, delimiter);
    if (!cells.ok || cells.value.some((cell) => cell !== '')) yield { line: at + 1, cells };
    at += taken;
    await breathe();
  }
}

const isOdd = (text: string): boolean => text.split('"').length % 2 === 0;

const recordAt = (
  lines: readonly string[],
  at: number,
  delimiter: string,
): Pick<CsvRecord, 'cells'> & { readonly taken: number } => {
  let text = lines[at] ?? '';
  let taken = 1;
  if (text.length > LONGEST_ROW)
    return { cells: err(`The row has more than ${LONGEST_ROW} characters.`), taken };
  if (!text.includes('"')) return { cells: ok(text.split(delimiter).map((cell) => cell.trim())), taken };
  let isOpen = isOdd(text);
  for (; isOpen && at + taken < lines.length && text.length <= LONGEST_ROW; taken += 1) {
    const more = lines[at + taken] ?? '';
    isOpen = !isOdd(more);
    text += `\n${more}`;
  }
  const cells = isOpen || text.length > LONGEST_ROW ? undefined : cellsOf(text, delimiter);
  if (cells) return { cells: ok(cells), taken };
  return {
    cells: err('The quotes of the row do not match; one inside a cell is written twice: "27"" screen".'),
    taken: 1,
  };
};

/** Undefined if the text is not exactly one record. */
const cellsOf = (text: string, delimiter: string): readonly string[] | undefined => {
  try {
    // Trimming would remove tabs, which are delimiters.
    const records = parseCsv(text, { delimiter, relax_column_count: true, trim: delimiter !== '\t' });
    return records.length === 1 ? records[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
};

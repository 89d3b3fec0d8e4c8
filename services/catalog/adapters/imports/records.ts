import { err, ok, type Result } from '#kernel/result.ts';
import { LONGEST_ROW } from './limits.ts';
import { LineReader, type Line } from './lines.ts';

/** The delimiter: the candidate that the first line contains most often. */
export const delimiterOf = (head: string): string => {
  const bare = head.replace(/"[^"]*"/g, '');
  const count = (mark: string): number => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};

export interface CsvRecord {
  /** The first line of the record, counted from 1. */
  readonly line: number;
  /** As in the file. */
  readonly text: string;
  readonly cells: Result<readonly string[], string>;
}

interface Read extends Pick<CsvRecord, 'text' | 'cells'> {
  /** Lines. */
  readonly taken: number;
  /** Of its last line. */
  readonly end: string;
}

/**
 * Reads CSV as it arrives, without empty records. A line with unmatched quotes is a faulty record by itself: the next record
 * begins at the next line, so that no other is affected.
 */
export class CsvReader {
  readonly #lines = new LineReader(LONGEST_ROW);
  #delimiter: string | undefined;
  /** Complete lines that are not yet read as records. */
  #waiting: Line[] = [];
  #line = 1;
  /** Ends the rows of the file; inside a cell it is a line break, and others stay as they are. */
  #end: string | undefined;

  /** @param delimiter detected in the first line that is not empty, if absent */
  constructor(delimiter?: string) {
    this.#delimiter = delimiter;
  }

  /** Undefined until the first line is read. */
  get delimiter(): string | undefined {
    return this.#delimiter;
  }

  /** Lines read so far. */
  get lines(): number {
    return this.#line - 1;
  }

  *push(text: string): Generator<CsvRecord> {
    this.#waiting = this.#waiting.concat(this.#lines.push(text));
    yield* this.#records(false);
  }

  *end(): Generator<CsvRecord> {
    this.#waiting = this.#waiting.concat(this.#lines.end());
    yield* this.#records(true);
  }

  *#records(isEnd: boolean): Generator<CsvRecord> {
    let at = 0;
    while (at < this.#waiting.length) {
      const head = this.#waiting[at]?.text ?? '';
      if (head.trim() !== '') this.#delimiter ??= delimiterOf(head);
      const read: Read | undefined =
        this.#delimiter === undefined
          ? { text: head, cells: ok([]), taken: 1, end: '' }
          : recordAt(this.#waiting, at, { delimiter: this.#delimiter, end: this.#end, isLast: isEnd });
      if (!read) break; // it goes on in text that has not arrived
      const { text, cells, taken } = read;
      if (this.#delimiter !== undefined) this.#end ??= read.end;
      const line = this.#line;
      at += taken;
      this.#line += taken;
      if (!cells.ok || cells.value.some((cell) => cell !== '')) yield { line, text, cells };
    }
    this.#waiting = this.#waiting.slice(at);
  }
}

const isOdd = (text: string): boolean => text.split('"').length % 2 === 0;

interface Layout {
  readonly delimiter: string;
  /** Of the rows; that of the record itself if it is the first. */
  readonly end: string | undefined;
  /** Whether all lines of the file are there. */
  readonly isLast: boolean;
}

/** Undefined if more lines are needed. */
const recordAt = (
  lines: readonly Line[],
  at: number,
  { delimiter, end: usual, isLast }: Layout,
): Read | undefined => {
  const { text: first = '', end: firstEnd = '' } = lines[at] ?? {};
  const alone = (cells: Read['cells']): Read => ({ text: first, cells, taken: 1, end: firstEnd });
  if (first.length > LONGEST_ROW) return alone(err(`The row has more than ${LONGEST_ROW} characters.`));
  if (!first.includes('"')) return alone(ok(first.split(delimiter).map((cell) => cell.trim())));
  let isOpen = isOdd(first);
  let [length, taken] = [first.length, 1];
  for (; isOpen && length <= LONGEST_ROW; taken += 1) {
    const more = lines[at + taken];
    if (!more) break;
    isOpen = !isOdd(more.text);
    length += more.text.length + 1;
  }
  if (isOpen && length <= LONGEST_ROW && !isLast) return undefined;
  const end = lines[at + taken - 1]?.end ?? '';
  const text = joined(lines.slice(at, at + taken), usual ?? end);
  const cells = isOpen || length > LONGEST_ROW ? undefined : cellsOf(text, delimiter);
  if (cells) return { text, cells: ok(cells), taken, end };
  return alone(err('The quotes of the row do not match; one inside a cell is written twice: "27"" screen".'));
};

/** The lines of a record; the usual line end is a line break inside a cell, others stay as they are. */
const joined = (lines: readonly Line[], usual: string): string =>
  lines
    .map(({ text, end }, at) => (at === lines.length - 1 ? text : text + (end === usual ? '\n' : end)))
    .join('');

/** A cell with the mark after it: in quotes, or without any. Each part ends where the next begins, so matching takes linear time. */
const patternOf = (mark: string): RegExp => {
  const blanks = String.raw`[^\S${mark}]*`;
  return new RegExp(String.raw`(?:${blanks}"([^"]*(?:""[^"]*)*)"${blanks}|([^"\n${mark}]*))(${mark}|$)`, 'y');
};

const patterns = new Map<string, RegExp>();

/** Undefined if the text is not exactly one record. */
const cellsOf = (text: string, delimiter: string): readonly string[] | undefined => {
  const pattern = patterns.get(delimiter) ?? patternOf(delimiter);
  patterns.set(delimiter, pattern);
  pattern.lastIndex = 0;
  const cells: string[] = [];
  for (;;) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const [, quoted, bare = '', mark] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? bare.trim());
    if (mark === '') return cells;
  }
};

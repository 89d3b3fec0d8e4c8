import { breathe } from '#adapters/system/breath.ts';
import type { FileColumn, FileFacts, ImportJob } from '../../core/domain/import-job.ts';
import type { RawRow } from '../../core/ports/import-files.ts';
import { UnreadableFile, type FileGroup, type ImportReader } from '../../core/ports/import-reader.ts';
import { adjustingOnly } from './adjusting-only.ts';
import { charsetOf, decoded, inflated, isGzip } from './decoding.ts';
import { Grouping } from './grouping.ts';
import { readLine } from './json-line.ts';
import { LONGEST_HEAD, LONGEST_LINE, LONGEST_SAMPLE, MOST_FILE_ROWS, MOST_SAMPLES } from './limits.ts';
import { LineReader } from './lines.ts';
import { columnsOf } from './mapping.ts';
import { CsvReader, type CsvRecord } from './records.ts';
import { SeenTexts } from './seen.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** Reads the files of imports: CSV or JSON Lines, also compressed. */
export const importReader: ImportReader = {
  inspect: async (job, parts) => {
    const isCompressed = isGzip((await firstOf(parts)) ?? new Uint8Array());
    const charset = await charsetOf(inflated(parts, isCompressed), job.charset);
    const facts = { charset, isCompressed };
    if (job.format === 'jsonl') return { ...facts, columns: [] };
    const reader = new CsvReader(job.delimiter);
    const records: CsvRecord[] = [];
    for await (const record of recordsOf(reader, decoded(inflated(parts, isCompressed), charset))) {
      records.push(record);
      if (records.length > MOST_SAMPLES) break;
    }
    return { ...facts, delimiter: reader.delimiter, columns: columnsIn(records, job) };
  },
  read: (job, facts, parts) =>
    job.format === 'jsonl' ? readJsonLines(facts, parts) : readCsv(job, facts, parts),
  adjustingOnly,
};

const firstOf = async (parts: Bytes): Promise<Uint8Array | undefined> => {
  for await (const bytes of parts) return bytes;
  return undefined;
};

const columnsIn = ([head, ...rows]: readonly CsvRecord[], job: ImportJob): readonly FileColumn[] => {
  if (!head) throw new UnreadableFile('The file is empty.');
  if (head.text.length > LONGEST_HEAD) throw new UnreadableFile('The first line is too long.');
  if (!head.cells.ok) throw new UnreadableFile(`Line ${head.line}: ${head.cells.error}`);
  const columns = columnsOf(head.cells.value, job.mapping);
  if (!columns.ok) throw new UnreadableFile(columns.error);
  return columns.value.map((column, at) => ({
    ...column,
    samples: rows.flatMap(({ cells }) =>
      cells.ok ? [(cells.value[at] ?? '').slice(0, LONGEST_SAMPLE)] : [],
    ),
  }));
};

async function* recordsOf(reader: CsvReader, texts: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  for await (const text of texts) yield* reader.push(text);
  yield* reader.end();
}

const refuseLength = (count: number): void => {
  if (count > MOST_FILE_ROWS) throw new UnreadableFile(`The file has more than ${MOST_FILE_ROWS} rows.`);
};

async function* readCsv(job: ImportJob, facts: FileFacts, parts: Bytes): AsyncGenerator<FileGroup> {
  const reader = new CsvReader(facts.delimiter);
  const grouping = new Grouping(job, facts);
  let number = -1; // the head is no row
  const texts = decoded(inflated(parts, facts.isCompressed), facts.charset);
  for await (const record of recordsOf(reader, texts)) {
    if ((number += 1) === 0) continue;
    refuseLength(number);
    yield* grouping.add(number, record);
    await breathe();
  }
  yield* grouping.end();
}

async function* readJsonLines(facts: FileFacts, parts: Bytes): AsyncGenerator<FileGroup> {
  const skus = new SeenTexts();
  let [line, last] = [0, 0];
  for await (const text of linesOf(parts, facts)) {
    line += 1;
    if (text.trim() === '') continue;
    last += 1;
    const row: RawRow = { number: last, line, cells: [text] };
    const read = readLine(text, line, skus);
    refuseLength(Math.max(last, skus.size));
    yield read.ok
      ? { last, rejected: [], product: { line, patch: read.value, rows: [row] } }
      : { last, rejected: [{ ...row, errors: read.error }] };
    await breathe();
  }
}

async function* linesOf(parts: Bytes, { isCompressed, charset }: FileFacts): AsyncGenerator<string> {
  const reader = new LineReader(LONGEST_LINE);
  for await (const text of decoded(inflated(parts, isCompressed), charset))
    for (const line of reader.push(text)) yield line.text;
  for (const line of reader.end()) yield line.text;
}

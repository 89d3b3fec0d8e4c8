import { breathe } from '#adapters/system/breath.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { ImportRow } from '../../core/application/import-products.ts';
import type { ImportMode } from '../../core/domain/import-job.ts';
import { readCsv, repetition, type InvalidFile } from './csv.ts';
import { LONGEST_ROW, MOST_LINES, MOST_ROWS } from './limits.ts';
import { LineReader, type Line } from './lines.ts';
import { patchOf } from './patches.ts';
import { SeenTexts } from './seen.ts';
import { piecesOf } from './text.ts';
import { TOO_LONG, type TooLong } from './too-long.ts';

type Read = Result<ImportRow[], InvalidFile | TooLong>;

/** Reads a small file of products, one JSON object per line or CSV with one variant per row. */
export const readImport = async (
  text: string,
  contentType: string,
  mode: ImportMode = 'merge',
): Promise<Read> => (/^text\/csv/i.test(contentType) ? readCsv(text, mode) : readJsonLines(text));

const readJsonLines = async (text: string): Promise<Read> => {
  const rows: ImportRow[] = [];
  const skus = new SeenTexts();
  let line = 0;
  for await (const { text: content } of linesOf(text)) {
    line += 1;
    if (line > MOST_LINES) return TOO_LONG;
    if (content.trim() === '') continue;
    if (rows.length >= MOST_ROWS) return TOO_LONG;
    const patch = readJson(content);
    const twice = patch.ok ? repeated(patch.value.variants, line, skus) : undefined;
    rows.push({ line, patch: twice === undefined ? patch : err([twice]) });
  }
  return ok(rows);
};

async function* linesOf(text: string): AsyncGenerator<Line> {
  const reader = new LineReader(LONGEST_ROW);
  for (const piece of piecesOf(text))
    for (const line of reader.push(piece)) {
      yield line;
      await breathe();
    }
  yield* reader.end();
}

/** Records the SKUs of a line; returns the reason for its rejection if an earlier line has one of them. */
export const repeated = (
  variants: readonly { readonly sku: string }[],
  line: number,
  skus: SeenTexts,
): string | undefined => {
  for (const { sku } of variants) {
    const first = skus.lineOf(sku);
    if (first !== undefined) return repetition(sku, first);
  }
  for (const { sku } of variants) skus.add(sku, line);
  return undefined;
};

const readJson = (content: string): ImportRow['patch'] => {
  if (content.length > LONGEST_ROW) return err([`The line has more than ${LONGEST_ROW} characters.`]);
  try {
    return patchOf(JSON.parse(content));
  } catch {
    return err(['The line is not valid JSON.']);
  }
};

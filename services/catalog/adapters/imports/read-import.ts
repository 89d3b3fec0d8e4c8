import { breathe } from '#adapters/system/breath.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { ImportMode, ImportRow } from '../../core/application/import-products.ts';
import type { InvalidFile } from './columns.ts';
import { readCsv } from './csv.ts';
import { LONGEST_ROW, MOST_ROWS } from './limits.ts';
import { KnownSkus, patchOf } from './patches.ts';
import { linesOf } from './records.ts';
import { TOO_LONG, type TooLong } from './too-long.ts';

type Read = Result<ImportRow[], InvalidFile | TooLong>;

/** Reads a file of products, one JSON object per line or CSV with one variant per row. */
export const readImport = async (
  text: string,
  contentType: string,
  mode: ImportMode = 'merge',
): Promise<Read> => {
  const lines = await linesOf(text);
  if (!lines) return TOO_LONG;
  return /^text\/csv/i.test(contentType) ? readCsv(lines, mode) : readJsonLines(lines);
};

const readJsonLines = async (lines: readonly string[]): Promise<Read> => {
  const rows: ImportRow[] = [];
  const skus = new KnownSkus();
  for (const [index, content] of lines.entries()) {
    await breathe();
    if (content.trim() === '') continue;
    if (rows.length >= MOST_ROWS) return TOO_LONG;
    const line = index + 1;
    const patch = readJson(content);
    const twice =
      patch.ok &&
      skus.repetition(
        line,
        patch.value.variants.map(({ sku }) => sku),
      );
    rows.push({ line, patch: typeof twice === 'string' ? err([twice]) : patch });
  }
  return ok(rows);
};

const readJson = (content: string): ImportRow['patch'] => {
  if (content.length > LONGEST_ROW) return err([`The line has more than ${LONGEST_ROW} characters.`]);
  try {
    return patchOf(JSON.parse(content));
  } catch {
    return err(['The line is not valid JSON.']);
  }
};

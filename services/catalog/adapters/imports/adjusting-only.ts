import { STOCK_FIELD } from '../../core/domain/import-job.ts';
import type { ImportReader } from '../../core/ports/import-reader.ts';

/** Of a row that was accepted. */
export const adjustingOnly: ImportReader['adjustingOnly'] = (skus, row, { format, file }) => {
  if (format === 'jsonl') return { ...row, cells: row.cells.map((line) => lineAdjusting(skus, line)) };
  const columns = file?.columns ?? [];
  const sku = row.cells[columns.findIndex(({ field }) => field === 'sku')] ?? '';
  if (skus.has(sku)) return row;
  return { ...row, cells: row.cells.map((cell, at) => (columns[at]?.field === STOCK_FIELD ? '' : cell)) };
};

const lineAdjusting = (skus: ReadonlySet<string>, line: string): string =>
  JSON.stringify(JSON.parse(line), (_, value: unknown) => {
    const isOther =
      typeof value === 'object' && value !== null && 'sku' in value && !skus.has(String(value.sku));
    return isOther && STOCK_FIELD in value ? { ...value, [STOCK_FIELD]: undefined } : value;
  });

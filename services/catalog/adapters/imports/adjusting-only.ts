import { STOCK_FIELD } from '../../core/domain/import-job.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { ImportReader } from '../../core/ports/import-reader.ts';

type Line = components['schemas']['ImportLine'];

/** Of a row that was accepted. */
export const adjustingOnly: ImportReader['adjustingOnly'] = (skus, row, { format, file }) => {
  if (format === 'jsonl') return { ...row, cells: row.cells.map((line) => lineAdjusting(skus, line)) };
  const columns = file?.columns ?? [];
  const sku = row.cells[columns.findIndex(({ field }) => field === 'sku')] ?? '';
  if (skus.has(sku)) return row;
  return { ...row, cells: row.cells.map((cell, at) => (columns[at]?.field === STOCK_FIELD ? '' : cell)) };
};

const lineAdjusting = (skus: ReadonlySet<string>, line: string): string => {
  const { variants, ...product } = JSON.parse(line) as Line; // it was valid
  const said = variants.map((variant) => {
    const { [STOCK_FIELD]: _, ...others } = variant;
    return skus.has(variant.sku) ? variant : others;
  });
  return JSON.stringify({ ...product, variants: said });
};

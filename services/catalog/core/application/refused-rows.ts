import { STOCK_FIELD, type ImportJob } from '../domain/import-job.ts';
import type { RowAdjustment } from '../domain/stock-adjustment.ts';
import type { RejectedRow } from '../ports/import-files.ts';
import type { FileGroup, ImportReader } from '../ports/import-reader.ts';

export type Groups = Iterable<FileGroup> | AsyncIterable<FileGroup>;

/**
 * The rows whose adjustments were refused, to be imported again: without the adjustments that were made. In a mode that takes a
 * product as a whole, all its rows: a part of them would remove its other variants, or be rejected.
 */
export const refusedRows = async (
  job: ImportJob,
  refused: readonly RowAdjustment[],
  groups: Groups,
  { adjustingOnly }: Pick<ImportReader, 'adjustingOnly'>,
): Promise<readonly RejectedRow[]> => {
  const ofRow = Map.groupBy(refused, ({ row }) => row);
  const skus = new Set(refused.map(({ sku }) => sku));
  const last = Math.max(...ofRow.keys());
  const takesWhole = job.mode === 'replace' || job.mode === 'create';
  const column = job.file?.columns.find(({ field }) => field === STOCK_FIELD)?.name ?? STOCK_FIELD;
  const errorOf = ({ sku, refusal = '' }: RowAdjustment) => ({
    column,
    message: `${sku} is saved, but its stock was not adjusted: ${refusal}`,
  });
  const listed: RejectedRow[] = [];
  for await (const group of groups) {
    const rows = group.product?.rows ?? [];
    const ofProduct = rows.flatMap(({ number }) => ofRow.get(number) ?? []);
    for (const row of rows) {
      const errors = (takesWhole ? ofProduct : (ofRow.get(row.number) ?? [])).map(errorOf);
      if (errors.length > 0) listed.push({ ...adjustingOnly(skus, row, job), errors });
    }
    if (group.last >= last) break;
  }
  return listed;
};

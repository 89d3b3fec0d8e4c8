import type { Ids } from '#kernel/ids.ts';
import { urgent, type JobStep } from '#kernel/jobs.ts';
import { STOCK_FIELD, type ImportJob, type PendingAdjustments } from '../domain/import-job.ts';
import type { RowAdjustment } from '../domain/stock-adjustment.ts';
import type { ImportFiles, RejectedRow, RowError } from '../ports/import-files.ts';
import type { FileGroup, ImportReader } from '../ports/import-reader.ts';
import type { StockAdjustments } from '../ports/stock-adjustments.ts';
import type { RowReport } from './import-products.ts';

type Step = JobStep<ImportJob>;
type Groups = Iterable<FileGroup> | AsyncIterable<FileGroup>;

/**
 * The adjustments of a batch of rows that is stored. Their IDs are chosen here, once, and are stored with the progress of the
 * import, so that each is made once, wherever the process dies.
 * @param reports of the products in the groups
 */
export const adjustmentsOf = (
  groups: readonly FileGroup[],
  reports: readonly RowReport[],
  ids: Ids,
): readonly RowAdjustment[] => {
  const products = groups.flatMap(({ product }) => product ?? []);
  return products.flatMap(({ patch, rows }, index) => {
    const { stockChanges } = reports[index] ?? {};
    return patch.variants.flatMap(({ sku }, at): readonly RowAdjustment[] => {
      const change = stockChanges?.get(sku);
      const row = rows[at] ?? rows[0]; // a line of JSON has all variants
      return change && row ? [{ ...change, id: ids.next(), sku, row: row.number }] : [];
    });
  });
};

/** Characters; half a surrogate pair is none. */
const LONGEST_REASON = 200;

/**
 * Makes the pending adjustments of an import, and lists the rows of those that are refused.
 * @param groupsOf the rows of the batch
 */
export const makeAdjustImportedStock = (
  stock: StockAdjustments,
  files: ImportFiles,
  reader: Pick<ImportReader, 'adjustingOnly'>,
) =>
  async function* (
    job: ImportJob,
    { after, adjustments }: PendingAdjustments,
    groupsOf: () => Groups,
  ): AsyncGenerator<Step> {
    const unsent = adjustments.filter(({ refusal }) => refusal === undefined);
    const usual = Array.from(`Import of ${job.fileName}`).slice(0, LONGEST_REASON).join('');
    const outcomes = await stock.make(
      unsent.map(({ id, sku, delta, reason = usual }) => ({ id, sku, delta, reason })),
      job.adjustedBy ?? '',
    );
    const refused = [
      ...adjustments.filter(({ refusal }) => refusal !== undefined),
      ...unsent.flatMap((adjustment, at): readonly RowAdjustment[] => {
        const outcome = outcomes[at];
        return outcome?.ok === false ? [{ ...adjustment, refusal: outcome.error }] : [];
      }),
    ];
    const made = adjustments.length - refused.length;
    const decided: Step = ({ counts, ...now }) => ({
      ...now,
      counts: { ...counts, stockAdjusted: counts.stockAdjusted + made },
      pending: refused.length === 0 ? undefined : { after, adjustments: refused },
    });
    if (refused.length === 0) {
      yield decided;
      return;
    }
    yield urgent(decided); // sent again, they might be made, although they are listed
    const rows = await refusedRows(groupsOf(), refused, job, reader);
    const known = await files.rejectedFrom(job.id, after + 1);
    const isListed = new Set(rows.map(({ number }) => number));
    const all = [...known.filter(({ number }) => !isListed.has(number)), ...rows];
    await files.putRejected(
      job.id,
      after + 1,
      all.sort((a, b) => a.number - b.number),
    );
    yield ({ counts, ...now }) => ({
      ...now,
      counts: { ...counts, rejected: counts.rejected + rows.length },
      pending: undefined,
    });
  };

export type AdjustImportedStock = ReturnType<typeof makeAdjustImportedStock>;

/**
 * The rows to import again, without the adjustments that were made. Where a product is replaced or compared as a whole, all its
 * rows: some alone would remove its other variants.
 */
const refusedRows = async (
  groups: Groups,
  refused: readonly RowAdjustment[],
  job: ImportJob,
  { adjustingOnly }: Pick<ImportReader, 'adjustingOnly'>,
): Promise<readonly RejectedRow[]> => {
  const ofRow = Map.groupBy(refused, ({ row }) => row);
  const last = Math.max(...ofRow.keys());
  const skus = new Set(refused.map(({ sku }) => sku));
  const isWhole = job.mode === 'replace' || job.mode === 'create';
  const column = job.file?.columns.find(({ field }) => field === STOCK_FIELD)?.name ?? STOCK_FIELD;
  const listed: RejectedRow[] = [];
  for await (const { last: end, product } of groups) {
    const rows = product?.rows ?? [];
    const ofProduct = rows.flatMap(({ number }) => ofRow.get(number) ?? []);
    for (const row of ofProduct.length === 0 ? [] : rows) {
      const own = ofRow.get(row.number) ?? (isWhole ? ofProduct : []);
      const errors = own.map(({ sku, refusal = '' }): RowError => {
        return { column, message: `${sku} is saved, but its stock was not adjusted: ${refusal}` };
      });
      if (errors.length > 0) listed.push({ ...adjustingOnly(skus, row, job), errors });
    }
    if (end >= last) break;
  }
  return listed;
};

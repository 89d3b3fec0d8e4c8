import type { Ids } from '#kernel/ids.ts';
import { urgent, type JobStep } from '#kernel/jobs.ts';
import type { ImportJob, PendingAdjustments } from '../domain/import-job.ts';
import type { RowAdjustment } from '../domain/stock-adjustment.ts';
import type { ImportFiles, RejectedRow } from '../ports/import-files.ts';
import type { FileGroup, ImportReader } from '../ports/import-reader.ts';
import type { StockAdjustments } from '../ports/stock-adjustments.ts';
import type { RowReport } from './import-products.ts';
import { refusedRows, type Groups } from './refused-rows.ts';

type Step = JobStep<ImportJob>;

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

/** Makes the pending adjustments of an import, and lists the rows of those that are refused. */
export const makeAdjustImportedStock = (
  stock: StockAdjustments,
  files: ImportFiles,
  reader: Pick<ImportReader, 'adjustingOnly'>,
) => {
  /** Those that the inventory refuses. */
  const send = async (
    { fileName, adjustedBy = '' }: ImportJob,
    adjustments: readonly RowAdjustment[],
  ): Promise<readonly RowAdjustment[]> => {
    const usual = Array.from(`Import of ${fileName}`).slice(0, LONGEST_REASON).join('');
    const outcomes = await stock.make(
      adjustments.map(({ id, sku, delta, reason = usual }) => ({ id, sku, delta, reason })),
      adjustedBy,
    );
    return adjustments.flatMap((adjustment, at) => {
      const outcome = outcomes[at];
      return outcome?.ok === false ? [{ ...adjustment, refusal: outcome.error }] : [];
    });
  };

  /** Adds rows to the rejected rows of their batch; a process that died may have stored those of the next one. */
  const list = async (
    importId: string,
    { first, last }: Pick<PendingAdjustments, 'first' | 'last'>,
    rows: readonly RejectedRow[],
  ): Promise<void> => {
    const numbers = new Set(rows.map(({ number }) => number));
    const others = (await files.rejectedFrom(importId, first)).filter(
      ({ number }) => number <= last && !numbers.has(number),
    );
    await files.putRejected(
      importId,
      first,
      [...others, ...rows].sort((a, b) => a.number - b.number),
    );
  };

  /** @param groupsOf the groups of the batch, maybe among others */
  return async function* (
    job: ImportJob,
    { first, last, adjustments }: PendingAdjustments,
    groupsOf: () => Groups,
  ): AsyncGenerator<Step> {
    const isRefused = ({ refusal }: RowAdjustment): boolean => refusal !== undefined;
    const unsent = adjustments.filter((adjustment) => !isRefused(adjustment));
    const refused = [...adjustments.filter(isRefused), ...(await send(job, unsent))];
    const made = adjustments.length - refused.length;
    const pending = refused.length === 0 ? undefined : { first, last, adjustments: refused };
    const decided: Step = ({ counts, ...now }) => ({
      ...now,
      counts: { ...counts, stockAdjusted: counts.stockAdjusted + made },
      pending,
    });
    // An adjustment that is listed as refused must not be sent again: it might be made then.
    yield pending ? urgent(decided) : decided;
    if (!pending) return;
    const rows = await refusedRows(job, refused, groupsOf(), reader);
    await list(job.id, { first, last }, rows);
    yield ({ counts, ...now }) => ({
      ...now,
      counts: { ...counts, rejected: counts.rejected + rows.length },
      pending: undefined,
    });
  };
};

export type AdjustImportedStock = ReturnType<typeof makeAdjustImportedStock>;

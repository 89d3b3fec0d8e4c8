import { ok } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { VariantPatch } from '../domain/product-patch.ts';
import type { FilingTx } from './filing.ts';
import type { ImportRows } from './import-products.ts';

/** A change of an existing variant. */
export interface VariantChange {
  readonly patch: VariantPatch;
  /** The version of its product that the change is based on; any if absent. */
  readonly basedOn?: number | undefined;
}

export type VariantResult =
  | {
      readonly sku: string;
      readonly status: 'updated' | 'unchanged' | 'conflict';
      readonly productId: string;
      /** Of the product, after the change. */
      readonly version: number;
    }
  | { readonly sku: string; readonly status: 'rejected'; readonly errors: readonly string[] }
  | { readonly sku: string; readonly status: 'not_found' };

/** Products in one unit of work, if the store can hold as many. */
const CHUNK = 50;

/** Changes variants independently of each other; several changes of one product are one new version. Results are in the order of the changes. */
export const makeChangeVariants = (unitOfWork: UnitOfWork<FilingTx>, importRows: ImportRows) => {
  const perUnit = Math.min(CHUNK, unitOfWork.aggregatesPerUnit ?? CHUNK);

  const changeIn = async (tx: FilingTx, changes: readonly VariantChange[]): Promise<VariantResult[]> => {
    const owners = await tx.products.ownersOf(changes.map(({ patch: { sku } }) => sku));
    const before = await tx.products.findAll([...new Set(owners.values())]);
    const productOf = ({ patch: { sku } }: VariantChange) => before.get(owners.get(sku) ?? '');
    const isStale = (change: VariantChange): boolean =>
      change.basedOn !== undefined && change.basedOn !== productOf(change)?.version;
    const wanted = changes.filter((change) => productOf(change) && !isStale(change));
    const rows = wanted.map(({ patch }, line) => ({ line, patch: ok({ variants: [patch] }) }));
    const reports = new Map(
      (await importRows(tx, rows, 'update')).map((report) => [wanted[report.line], report]),
    );
    const changed = new Set(
      [...reports.values()].flatMap(({ status, productId }) => (status === 'updated' ? productId : [])),
    );
    return changes.map((change): VariantResult => {
      const { sku } = change.patch;
      const product = productOf(change);
      if (!product) return { sku, status: 'not_found' };
      const { productId } = product;
      const report = reports.get(change);
      if (report?.status === 'rejected') return { sku, status: 'rejected', errors: report.errors ?? [] };
      const status = !report ? 'conflict' : report.status === 'updated' ? 'updated' : 'unchanged';
      return { sku, status, productId, version: product.version + (changed.has(productId) ? 1 : 0) };
    });
  };

  return async (changes: readonly VariantChange[]): Promise<readonly VariantResult[]> => {
    const owners = await unitOfWork.run(({ products }) =>
      products.ownersOf(changes.map(({ patch: { sku } }) => sku)),
    );
    const byProduct = [...Map.groupBy(changes, ({ patch: { sku } }) => owners.get(sku) ?? sku).values()];
    const results = new Map<VariantChange, VariantResult>();
    for (let start = 0; start < byProduct.length; start += perUnit) {
      const chunk = byProduct.slice(start, start + perUnit).flat();
      const done = await unitOfWork.run((tx) => changeIn(tx, chunk));
      for (const [index, change] of chunk.entries()) {
        const result = done[index];
        if (result) results.set(change, result);
      }
    }
    return changes.flatMap((change) => results.get(change) ?? []);
  };
};

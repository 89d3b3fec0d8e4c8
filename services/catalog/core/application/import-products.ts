import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { createProduct, reviseProduct, saysTheSame } from '../domain/product.ts';
import { draftOf, type ProductPatch } from '../domain/product-patch.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { codesIn, marketWith } from './market.ts';

/** A row of a file: its patch of a product, or why it is rejected. */
export interface ImportRow {
  readonly line: number;
  readonly patch: Result<ProductPatch, readonly string[]>;
}

/** `replace`: fields and variants of a product that the file omits are removed. */
export type ImportMode = 'merge' | 'replace';

export interface RowReport {
  readonly line: number;
  readonly status: 'created' | 'updated' | 'unchanged' | 'rejected';
  readonly productId?: string;
  readonly errors?: readonly string[];
}

/** Rows in one unit of work, if the store can hold as many: a compromise between throughput and yielding to other requests. */
const CHUNK = 10;

/**
 * Creates and updates products, identified by their SKUs. A rejected row does not affect others. An aborted import has stored
 * its first rows completely, each with its event; importing the same file again stores the others.
 */
export const makeImportProducts = (
  unitOfWork: UnitOfWork<CatalogTx>,
  ids: Ids,
  clock: Clock,
  currencies: ReadonlySet<string>,
  toWire: ToWire<Publication>,
) => {
  const perUnit = Math.min(CHUNK, unitOfWork.aggregatesPerUnit ?? CHUNK);
  const importRow = async (
    tx: CatalogTx,
    { line, patch }: ImportRow,
    owners: Map<string, string>,
    mode: ImportMode,
  ): Promise<RowReport> => {
    if (!patch.ok) return { line, status: 'rejected', errors: patch.error };
    const [productId, ...others] = new Set(patch.value.variants.flatMap(({ sku }) => owners.get(sku) ?? []));
    if (others.length > 0)
      return { line, status: 'rejected', errors: ['The SKUs belong to different products.'] };
    const known = productId === undefined ? undefined : await tx.products.find(productId);
    if (known?.deletedAt)
      return { line, status: 'rejected', errors: ['The product is in the trash; restore it first.'] };
    const draft = draftOf(patch.value, mode === 'replace' ? undefined : known);
    if (!draft.ok) return { line, status: 'rejected', errors: draft.error };
    if (known && saysTheSame(known, draft.value))
      return { line, status: 'unchanged', productId: known.productId };
    const market = await marketWith(tx, currencies, codesIn(draft.value));
    const decided = known
      ? reviseProduct(known, draft.value, () => ids.next(), clock.now(), market)
      : createProduct(draft.value, ids.next(), () => ids.next(), clock.now(), market);
    if (!decided.ok) return { line, status: 'rejected', errors: [decided.error.detail] };
    await tx.products.save(decided.value);
    await tx.outbox.add(toWire(productChanged(decided.value)));
    for (const { sku } of known?.variants ?? []) owners.delete(sku);
    for (const { sku } of decided.value.variants) owners.set(sku, decided.value.productId);
    return { line, status: known ? 'updated' : 'created', productId: decided.value.productId };
  };

  return async (rows: readonly ImportRow[], mode: ImportMode = 'merge'): Promise<RowReport[]> => {
    const reports: RowReport[] = [];
    for (let start = 0; start < rows.length; start += perUnit) {
      const chunk = rows.slice(start, start + perUnit);
      const done = await unitOfWork.run(async (tx) => {
        const owners = new Map(await tx.products.ownersOf(chunk.flatMap(skusOf)));
        const told: RowReport[] = [];
        for (const row of chunk) told.push(await importRow(tx, row, owners, mode));
        return told;
      });
      reports.push(...done);
    }
    return reports;
  };
};

const skusOf = ({ patch }: ImportRow): string[] =>
  patch.ok ? patch.value.variants.map(({ sku }) => sku) : [];

import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { err, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import type { ImportMode } from '../domain/import-job.ts';
import { createProduct, reviseProduct, saysTheSame, type Product } from '../domain/product.ts';
import { draftOf, type ProductPatch } from '../domain/product-patch.ts';
import type { PriceList } from '../domain/price-list.ts';
import type { StockChange } from '../domain/stock-adjustment.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { FilingTx } from './filing.ts';
import { codesIn, marketWith } from './market.ts';

/** A row of a file: its patch of a product, or why it is rejected. */
export interface ImportRow {
  readonly line: number;
  readonly patch: Result<ProductPatch, readonly string[]>;
}

export interface RowReport {
  readonly line: number;
  readonly status: 'created' | 'updated' | 'unchanged' | 'rejected';
  readonly productId?: string;
  readonly errors?: readonly string[];
  /** What the row says about stock, by SKU; it is stored nowhere yet. */
  readonly stockChanges?: ReadonlyMap<string, StockChange>;
}

export interface ImportRules {
  /** Stores nothing. */
  readonly isDryRun?: boolean;
  /** Rows may change the stock of known SKUs; else they are rejected. */
  readonly mayAdjustStock?: boolean;
  /** Called with the IDs of the products that the rows are about, before anything is decided. */
  readonly onFound?: (productIds: readonly string[]) => void;
}

/** Imports the rows of one unit of work; their reports are in the same order. */
export type ImportRows = (
  tx: FilingTx,
  rows: readonly ImportRow[],
  mode: ImportMode,
  rules?: ImportRules,
) => Promise<RowReport[]>;

/** Creates and updates products, identified by their SKUs. A rejected row does not affect others. */
export const makeImportRows =
  (ids: Ids, clock: Clock, currencies: ReadonlySet<string>, toWire: ToWire<Publication>): ImportRows =>
  async (
    { products, priceLists, outbox, file, readCategories },
    rows,
    mode,
    { isDryRun = false, mayAdjustStock = false, onFound } = {},
  ) => {
    const owners = new Map(await products.ownersOf(rows.flatMap(skusOf)));
    const found = [...new Set(owners.values())];
    onFound?.(found);
    const before = await products.findAll(found);
    const current = new Map(before);
    const changed = new Map<string, Product>();
    const listsOnce = readOnce(priceLists);
    await readCategories(rows.flatMap((row) => newPlaceOf(row, before.get(ownerIn(owners, row) ?? ''))));

    /** A draft in its category, which is not created for a row that stores nothing. */
    const filed = async (
      draft: ReturnType<typeof draftOf>,
      known: Product | undefined,
    ): Promise<ReturnType<typeof draftOf>> => {
      if (!draft.ok) return draft;
      const isStored = !isDryRun && !(mode === 'create' && known);
      const found = await file(draft.value, known, isStored ? 'create' : 'find');
      return found.ok ? found : err([found.error.detail]);
    };

    const stockErrors = (changes: ReadonlyMap<string, StockChange>): readonly string[] => {
      if (changes.size > 0 && !mayAdjustStock) return [STOCK_ELSEWHERE];
      const unknown = [...changes.keys()].filter((sku) => !owners.has(sku));
      return unknown.map((sku) => `${sku} is new: its stock is initial_stock, not an adjustment.`);
    };

    const importRow = async (row: ImportRow): Promise<RowReport> => {
      const changes = stockChangesIn(row);
      const isKnown = skusOf(row).some((sku) => owners.has(sku));
      const errors = row.patch.ok && (isKnown || mode !== 'update') ? stockErrors(changes) : [];
      if (errors.length > 0) return { line: row.line, status: 'rejected', errors };
      const report = await importProduct(row);
      return report.status === 'rejected' || changes.size === 0
        ? report
        : { ...report, stockChanges: changes };
    };

    const importProduct = async ({ line, patch }: ImportRow): Promise<RowReport> => {
      const reject = (...errors: readonly string[]): RowReport => ({ line, status: 'rejected', errors });
      if (!patch.ok) return reject(...patch.error);
      const skus = patch.value.variants.map(({ sku }) => sku);
      const [productId, ...others] = new Set(skus.flatMap((sku) => owners.get(sku) ?? []));
      if (others.length > 0) return reject('The SKUs belong to different products.');
      const known = productId === undefined ? undefined : current.get(productId);
      if (known?.deletedAt) return reject('The product is in the trash; restore it first.');
      if (mode === 'update' && !known) return reject(`There is no product with the SKU ${skus.join(', ')}.`);
      const draft = await filed(
        draftOf(patch.value, mode === 'replace' || mode === 'create' ? undefined : known),
        known,
      );
      if (known && draft.ok && saysTheSame(known, draft.value))
        return { line, status: 'unchanged', productId: known.productId };
      if (mode === 'create' && known)
        return reject(
          `There is already a product with the SKU ${skus.find((sku) => owners.has(sku)) ?? ''}.`,
        );
      if (!draft.ok) return reject(...draft.error);
      const market = await marketWith({ priceLists: listsOnce }, currencies, codesIn(draft.value));
      const decided = known
        ? reviseProduct(known, draft.value, () => ids.next(), clock.now(), market)
        : createProduct(draft.value, ids.next(), () => ids.next(), clock.now(), market);
      if (!decided.ok) return reject(decided.error.detail);
      // Several rows may change a product: one new version.
      const version = (before.get(decided.value.productId)?.version ?? 0) + 1;
      const product = { ...decided.value, version };
      changed.delete(product.productId); // a SKU that it takes over is given up before
      changed.set(product.productId, product);
      current.set(product.productId, product);
      for (const { sku } of known?.variants ?? []) owners.delete(sku);
      for (const { sku } of product.variants) owners.set(sku, product.productId);
      return { line, status: known ? 'updated' : 'created', productId: product.productId };
    };

    const reports: RowReport[] = [];
    for (const row of rows) reports.push(await importRow(row));
    if (isDryRun) return reports;
    for (const product of changed.values()) await products.save(product);
    await outbox.add(...[...changed.values()].map((product) => toWire(productChanged(product))));
    return reports;
  };

/** Price lists by code, each read once. */
const readOnce = (lists: CatalogTx['priceLists']): Pick<CatalogTx['priceLists'], 'byName'> => {
  const found = new Map<string, Promise<PriceList | undefined>>();
  return {
    byName: (code) => {
      const reading = found.get(code) ?? lists.byName(code);
      found.set(code, reading);
      return reading;
    },
  };
};

const STOCK_ELSEWHERE = 'Stock is adjusted only by /api/v1/imports that an inventory manager starts.';

const stockChangesIn = ({ patch }: ImportRow): ReadonlyMap<string, StockChange> =>
  new Map(
    (patch.ok ? patch.value.variants : []).flatMap(({ sku, stockChange }) =>
      stockChange ? [[sku, stockChange] as const] : [],
    ),
  );

const ownerIn = (owners: ReadonlyMap<string, string>, row: ImportRow): string | undefined =>
  skusOf(row).flatMap((sku) => owners.get(sku) ?? [])[0];

/** Where a row puts its product, unless it is there already. */
const newPlaceOf = (
  { patch }: ImportRow,
  known: Product | undefined,
): readonly Pick<Product, 'category' | 'subcategory'>[] => {
  if (!patch.ok || patch.value.category === undefined) return [];
  const { category, subcategory = known?.subcategory ?? '' } = patch.value;
  return category === known?.category && subcategory === known.subcategory ? [] : [{ category, subcategory }];
};

const skusOf = ({ patch }: ImportRow): string[] =>
  patch.ok ? patch.value.variants.map(({ sku }) => sku) : [];

/** Rows in one unit of work, if the store can hold as many: a compromise between throughput and yielding to other requests. */
const CHUNK = 10;

/**
 * Imports a small file at once. An aborted import has stored its first rows completely, each with its event; importing the
 * same file again stores the others.
 */
export const makeImportProducts = (unitOfWork: UnitOfWork<FilingTx>, importRows: ImportRows) => {
  const perUnit = Math.min(CHUNK, unitOfWork.aggregatesPerUnit ?? CHUNK);
  return async (rows: readonly ImportRow[], mode: ImportMode = 'merge'): Promise<RowReport[]> => {
    const reports: RowReport[] = [];
    for (let start = 0; start < rows.length; start += perUnit) {
      const chunk = rows.slice(start, start + perUnit);
      reports.push(...(await unitOfWork.run((tx) => importRows(tx, chunk, mode))));
    }
    return reports;
  };
};

import type { Clock } from '#kernel/clock.ts';
import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { namesOf, type Category } from '../domain/category.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { listPrice } from '../domain/price.ts';
import type { PriceList } from '../domain/price-list.ts';
import type { Filed, Product } from '../domain/product.ts';
import type { Refreshing } from '../domain/refreshing.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductFilter, ProductQueries } from '../ports/product-queries.ts';
import type { FilingTx } from './filing.ts';

/** Products between two notes of the progress. */
const BATCH = 100;

/** Updates the copies in a product, and publishes the product if they were outdated. */
export type RefreshProduct = (productId: string) => Promise<void>;

export const makeRefreshProduct =
  (unitOfWork: UnitOfWork<FilingTx>, clock: Clock, toWire: ToWire<Publication>): RefreshProduct =>
  (productId) =>
    unitOfWork.run(async (tx) => {
      const { products, outbox, file } = tx;
      const product = await products.find(productId);
      if (!product) return;
      const filed = await file(product);
      const current = await withCurrentPrices(tx, filed.ok ? filed.value : product);
      if (isFiledAs(product, current) && isPricedAs(product, current)) return;
      const refreshed: Product = { ...current, version: product.version + 1, updatedAt: clock.now() };
      await products.save(refreshed);
      await outbox.add(toWire(productChanged(refreshed)));
    });

const isFiledAs = (a: Filed, b: Filed): boolean =>
  (['categoryIds', 'categoryPath'] as const).every((key) => a[key].join('\0') === b[key].join('\0')) &&
  a.category === b.category &&
  a.subcategory === b.subcategory;

/** With what price lists say now about the prices in them; those in deleted lists are gone. */
const withCurrentPrices = async ({ priceLists }: CatalogTx, product: Product): Promise<Product> => {
  const codes = new Set(product.variants.flatMap(({ listPrices }) => listPrices.map(({ code }) => code)));
  const lists = new Map<string, PriceList>();
  for (const code of codes) {
    const list = await priceLists.byName(code);
    if (list && !list.isDeleted) lists.set(code, list);
  }
  return {
    ...product,
    variants: product.variants.map((variant) => ({
      ...variant,
      listPrices: variant.listPrices.flatMap(({ code, price }) => {
        const list = lists.get(code);
        return list ? listPrice(list, price) : [];
      }),
    })),
  };
};

const isPricedAs = (a: Product, b: Product): boolean => {
  const pricesOf = ({ variants }: Product): string =>
    JSON.stringify(
      variants.map(({ listPrices }) =>
        listPrices.map(({ code, priority, validFrom, validUntil }) => [
          code,
          priority,
          validFrom,
          validUntil,
        ]),
      ),
    );
  return pricesOf(a) === pricesOf(b);
};

/** Documents of one kind that products have copies of. */
export interface RefreshSources<T extends StoredDocument & Refreshing> {
  readonly queries: Pick<DocumentQueries<T>, 'having'>;
  readonly documents: (tx: CatalogTx) => Documents<T>;
  readonly namesOf: (source: T) => readonly string[];
  /** The products that have copies of a document. */
  readonly filterOf: (source: T) => ProductFilter;
}

/**
 * Refreshes the products that have copies of changed documents, each product in a unit of its own. The progress is stored after
 * each batch, so a restart goes on from there; a document that changes again during its refresh begins again.
 */
export const makeRefreshProducts = <T extends StoredDocument & Refreshing>(
  unitOfWork: UnitOfWork<CatalogTx>,
  { queries, documents, namesOf, filterOf }: RefreshSources<T>,
  { select }: Pick<ProductQueries, 'select'>,
  refreshProduct: RefreshProduct,
): (() => Promise<void>) => {
  /** The source after a batch; undefined if it was deleted. */
  const note = ({ id, edition }: T, refresh: T['refresh']): Promise<T | undefined> =>
    unitOfWork.run(async (tx) => {
      const current = await documents(tx).find(id);
      if (current?.edition !== edition) return current;
      const noted: T = { ...current, version: current.version + 1, refresh };
      if (!refresh && current.isDeleted) await documents(tx).remove(current);
      else await documents(tx).save(noted, namesOf(noted));
      return noted;
    });
  return async () => {
    for (const changed of await queries.having('refresh'))
      for (let source: T | undefined = changed; source?.refresh;) {
        const { after } = source.refresh;
        const productIds = await select(filterOf(source), after === '' ? undefined : after, BATCH);
        for (const productId of productIds) await refreshProduct(productId);
        const last = productIds.length < BATCH ? undefined : productIds.at(-1);
        source = await note(source, last === undefined ? undefined : { after: last });
      }
  };
};

/** Products have the names and the place of their category. */
export const categorySources = (queries: DocumentQueries<Category>): RefreshSources<Category> => ({
  queries,
  documents: ({ categories }) => categories,
  namesOf,
  filterOf: ({ id }) => ({ categoryId: id }),
});

/** Products have their prices in a list, with its validity. */
export const priceListSources = (queries: DocumentQueries<PriceList>): RefreshSources<PriceList> => ({
  queries,
  documents: ({ priceLists }) => priceLists,
  namesOf: ({ code }) => [code],
  filterOf: ({ code }) => ({ priceList: code }),
});

/** Files products in the category tree that were stored before it existed. */
export const makeFileProducts =
  ({ select }: Pick<ProductQueries, 'select'>, refreshProduct: RefreshProduct) =>
  async (): Promise<void> => {
    let after: string | undefined;
    do {
      const productIds: readonly string[] = await select({ isUnfiled: true }, after, BATCH);
      for (const productId of productIds) await refreshProduct(productId);
      after = productIds.at(-1);
    } while (after !== undefined);
  };

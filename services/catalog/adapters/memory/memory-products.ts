import { decodeCursor, encodeCursor } from '#adapters/pagination/cursor.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { ok, refuse } from '#kernel/result.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { Product } from '../../core/domain/product.ts';
import type { ProductRepository } from '../../core/ports/catalog-tx.ts';
import type { PageWish, ProductQueries, ProductSummary, Sort } from '../../core/ports/product-queries.ts';
import { categoriesOf, offersOf } from '../offers.ts';
import { SORTED_BY } from '../sorts.ts';
import { summarize } from '../summary.ts';

const productsOf = (tables: MemoryTables) => tables.table<Product>('products');
const ownersOf = (tables: MemoryTables) => tables.table<string>('skus');

export const memoryProductRepository = (tx: MemoryTransaction): ProductRepository => ({
  find: (productId) => Promise.resolve(productsOf(tx).get(productId)),
  ownersOf: (skus) => {
    const owners = skus.map((sku) => [sku, ownersOf(tx).get(sku)] as const);
    return Promise.resolve(new Map(owners.filter((pair): pair is [string, string] => pair[1] !== undefined)));
  },
  save: async (product) => {
    const before = productsOf(tx).get(product.productId);
    if ((before?.version ?? 0) !== product.version - 1) throw new VersionConflict('product');
    for (const { sku } of before?.variants ?? []) ownersOf(tx).delete(sku);
    for (const { sku } of product.variants) {
      if (ownersOf(tx).get(sku) !== undefined) throw new VersionConflict('SKU');
      ownersOf(tx).put(sku, product.productId);
    }
    productsOf(tx).put(product.productId, product);
    await Promise.resolve();
  },
  remove: async (product) => {
    if (productsOf(tx).get(product.productId)?.version !== product.version)
      throw new VersionConflict('product');
    for (const { sku } of product.variants) ownersOf(tx).delete(sku);
    productsOf(tx).delete(product.productId);
    await Promise.resolve();
  },
});

const keyOf = (sort: Sort, summary: ProductSummary): string | number => {
  switch (sort) {
    case 'newest':
      return summary.createdAt.toISOString();
    case 'name':
      return summary.name;
    case 'price_asc':
    case 'price_desc':
      return summary.priceFrom.minor;
  }
};

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const matches = (wish: PageWish) => (product: Product) =>
  (wish.category === undefined || product.category === wish.category) &&
  (wish.subcategory === undefined || product.subcategory === wish.subcategory) &&
  (wish.brand === undefined || product.brand === wish.brand) &&
  (wish.tag === undefined || product.tags.includes(wish.tag));

export const memoryProductQueries = ({ committed }: MemoryDatabase): ProductQueries => ({
  find: (productId) => Promise.resolve(productsOf(committed).get(productId)),
  page: (wish) => {
    const after =
      wish.cursor === undefined ? undefined : decodeCursor(wish.cursor, wish.sort, SORTED_BY[wish.sort]);
    if (wish.cursor !== undefined && !after)
      return Promise.resolve(refuse('INVALID_CURSOR', 'The cursor was not issued for this list.'));
    const direction = wish.sort === 'newest' || wish.sort === 'price_desc' ? -1 : 1;
    const order = (a: readonly [string | number, string], b: readonly [string | number, string]): number =>
      direction * (compare(a[0], b[0]) || compare(a[1], b[1]));
    const sorted = productsOf(committed)
      .find(matches(wish))
      .map(summarize)
      .map((summary) => ({ summary, key: [keyOf(wish.sort, summary), summary.productId] as const }))
      .filter(({ key }) => after === undefined || order(key, [after.value, after.id]) > 0)
      .sort((a, b) => order(a.key, b.key));
    const page = sorted.slice(0, wish.limit);
    const last = sorted.length > page.length ? page.at(-1) : undefined;
    return Promise.resolve(
      ok({
        items: page.map(({ summary }) => summary),
        next: last && encodeCursor({ list: wish.sort, value: last.key[0], id: last.key[1] }),
      }),
    );
  },
  categories: () => Promise.resolve(categoriesOf(productsOf(committed).find())),
  offers: (variantIds) => Promise.resolve(offersOf(productsOf(committed).find(), variantIds)),
});

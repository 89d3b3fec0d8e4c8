import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { dueAtOf } from '../../core/domain/due.ts';
import { currentStage, isVisible } from '../../core/domain/lifecycle.ts';
import type { PriceRange } from '../../core/domain/collection.ts';
import { priceListsOf, type Product } from '../../core/domain/product.ts';
import type { ProductRating } from '../../core/domain/rating.ts';
import type { ProductRepository, RatingRepository } from '../../core/ports/catalog-tx.ts';
import type {
  ProductFilter,
  ProductJson,
  ProductPageRequest,
  ProductQueries,
} from '../../core/ports/product-queries.ts';
import { countByCategory, offersOf } from '../offers.ts';
import { passesStaffFilter } from './memory-staff.ts';
import { positionIn, positionOfListed, SORTS } from '../sorts.ts';
import { priceFromOf, summarize } from '../summary.ts';

const productsOf = (tables: MemoryTables) => tables.table<Product>('products');
const ownersOf = (tables: MemoryTables) => tables.table<string>('skus');
const ratingsOf = (tables: MemoryTables) => tables.table<ProductRating>('ratings');

export const memoryRatingRepository = (tx: MemoryTransaction): RatingRepository => ({
  save: (rating) => {
    const { productId, version } = rating;
    const isNew = (ratingsOf(tx).get(productId)?.version ?? 0) < version;
    if (!isNew || !productsOf(tx).get(productId)) return Promise.resolve(false);
    ratingsOf(tx).put(productId, rating);
    return Promise.resolve(true);
  },
});

export const memoryProductRepository = (tx: MemoryTransaction): ProductRepository => ({
  find: (productId) => Promise.resolve(productsOf(tx).get(productId)),
  findAll: (productIds) => {
    const found = productIds.flatMap((id) => productsOf(tx).get(id) ?? []);
    return Promise.resolve(new Map(found.map((product) => [product.productId, product])));
  },
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
    ratingsOf(tx).delete(product.productId);
    await Promise.resolve();
  },
});

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const comparePositions = (a: Position, b: Position): number =>
  compare(a.value, b.value) || compare(a.id, b.id);

const isShown = (product: Product): boolean => currentStage(product) === 'published';

const isIn = ({ categoryIds }: Product, categoryId: string | undefined): boolean =>
  categoryId === undefined || categoryIds.includes(categoryId);

const matches = (request: ProductPageRequest) => (product: Product) =>
  isShown(product) &&
  isIn(product, request.categoryId) &&
  (request.category === undefined || product.category === request.category) &&
  (request.subcategory === undefined || product.subcategory === request.subcategory) &&
  (request.brand === undefined || product.brand === request.brand) &&
  (request.tag === undefined || product.tags.includes(request.tag)) &&
  (request.tags ?? []).every((tag) => product.tags.includes(tag)) &&
  (request.price === undefined || costs(product, request.price)) &&
  (request.createdFrom === undefined || product.createdAt >= request.createdFrom);

const costs = (product: Product, { currency, min = 0, max = Infinity }: PriceRange): boolean => {
  const { price } = priceFromOf(product);
  return price.currency === currency && price.minor >= min && price.minor <= max;
};

const passes =
  ({ dueBy, priceList, isUnfiled, ...filter }: ProductFilter) =>
  (product: Product): boolean => {
    if (!passesStaffFilter(filter)(product)) return false;
    const dueAt = dueAtOf(product);
    return (
      (dueBy === undefined || (dueAt !== undefined && dueAt <= dueBy)) &&
      (priceList === undefined || priceListsOf(product).includes(priceList)) &&
      (isUnfiled === undefined || product.categoryIds.length === 0)
    );
  };

export const memoryProductQueries = (
  { committed }: MemoryDatabase,
  productJson: ProductJson,
): ProductQueries => {
  const ratingOf = ({ productId }: Product): ProductRating | undefined => ratingsOf(committed).get(productId);
  const summary = (product: Product): string =>
    productJson.rated(productJson.summary(product), ratingOf(product));
  return {
    find: (productId) => {
      const product = productsOf(committed).get(productId);
      const shown = product && isShown(product) ? product : undefined;
      if (!shown) return Promise.resolve(undefined);
      const rating = ratingOf(shown);
      return Promise.resolve({
        version: shown.version,
        ...(rating && { ratingVersion: rating.version }),
        json: productJson.rated(productJson.detail(shown), rating),
      });
    },
    page: (request) => {
      const { by, isDescending } = SORTS[request.sort];
      const after = positionOf(request, request.sort, by);
      if (!after.ok) return Promise.resolve(after);
      const { value: position } = after;
      const positionOfProduct = positionIn(request.sort);
      const order = (a: Position, b: Position): number => (isDescending ? -1 : 1) * comparePositions(a, b);
      const found = productsOf(committed)
        .find(matches(request))
        .map((product) => ({ product, at: positionOfProduct(summarize(product)) }))
        .filter(({ at }) => !position || order(at, position) > 0)
        .sort((a, b) => order(a.at, b.at))
        .slice(0, request.limit + 1);
      const items = found.map(({ product }) => summary(product));
      return Promise.resolve(pageOf(items, request.limit, positionOfListed(request.sort)));
    },
    related: (productId) => {
      const product = productsOf(committed).get(productId);
      if (!product || !isShown(product)) return Promise.resolve(undefined);
      const related = product.related.flatMap((id) => productsOf(committed).get(id) ?? []);
      return Promise.resolve(related.filter(isShown).map(summary));
    },
    summaries: (productIds) => {
      const found = productIds.flatMap((productId) => productsOf(committed).get(productId) ?? []);
      const shown = found.filter(isShown).map((product) => [product.productId, summary(product)] as const);
      return Promise.resolve(new Map(shown));
    },
    countByCategory: () => Promise.resolve(countByCategory(productsOf(committed).find(isShown))),
    offers: (variantIds, now) =>
      Promise.resolve(
        offersOf(
          productsOf(committed).find((product) => isVisible(product, now)),
          variantIds,
          now,
        ),
      ),
    select: (filter, after = '', limit) =>
      Promise.resolve(
        productsOf(committed)
          .find(passes(filter))
          .map(({ productId }) => productId)
          .filter((productId) => productId > after)
          .sort()
          .slice(0, limit),
      ),
  };
};

import type { Stored } from '#adapters/mongo/stored.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { ProductRepository } from '../../core/ports/catalog-tx.ts';
import { fromBody, PRODUCTS, toBody, type ProductBody } from './product-documents.ts';

/** So many SKUs are looked up separately. */
const FEW = 4;

/** One product per unit. Its SKUs are unique values of its document; that index decides if two products claim the same SKU concurrently. */
export const mongoProductRepository = (unit: MongoUnit): ProductRepository => {
  const documents = unit.database.stored<ProductBody>(PRODUCTS);
  const find = (productId: string): Promise<ProductBody | undefined> => unit.find(PRODUCTS, productId);
  const asked = new Map<string, string | undefined>(); // once per unit: the index decides
  const ownersOf = async (skus: readonly string[]): Promise<Map<string, string>> => {
    const open = skus.filter((sku) => !asked.has(sku));
    for (const sku of open) asked.set(sku, undefined);
    const ask = (unique: string | { readonly $in: readonly string[] }) =>
      documents.find<Pick<Stored, '_id' | 'unique'>>({ unique }, { fields: ['unique'] });
    // A simple planner uses an index for equality only.
    const owners = open.length > FEW ? [await ask({ $in: open })] : await Promise.all(open.map(ask));
    for (const { _id, unique } of owners.flat()) for (const sku of unique) asked.set(sku, _id);
    return new Map(
      skus.flatMap((sku) => {
        const owner = asked.get(sku);
        return owner === undefined ? [] : [[sku, owner] as const];
      }),
    );
  };
  return {
    find: async (productId) => {
      const body = await find(productId);
      return body && fromBody(body);
    },
    findAll: async (productIds) => {
      const bodies = await Promise.all(productIds.map(find));
      const found = bodies.flatMap((body) => (body ? [fromBody(body)] : []));
      return new Map(found.map((product) => [product.productId, product]));
    },
    ownersOf,
    save: async (product) => {
      const { productId, version } = product;
      const before = await find(productId);
      if ((before?.version ?? 0) !== version - 1) throw new VersionConflict('product');
      const skus = product.variants.map(({ sku }) => sku);
      const owners = await ownersOf(skus);
      if ([...owners.values()].some((owner) => owner !== productId)) throw new VersionConflict('SKU');
      await unit.put(PRODUCTS, productId, toBody(product, before?.rating), skus);
    },
    remove: async ({ productId, version }) => {
      if ((await find(productId))?.version !== version) throw new VersionConflict('product');
      await unit.put(PRODUCTS, productId, undefined);
    },
  };
};

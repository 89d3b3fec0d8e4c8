import { beforeEach, describe, expect, it } from 'vitest';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, ASCENDING, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import type { ProductSummary } from '../adapters/summary.ts';
import { saysTheSame, type Product } from '../core/domain/product.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import { catalog } from '../main/module.ts';
import { aProduct, aVariant } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

type ProductsTx = Pick<CatalogTx, 'products'>;

const NOW = new Date('2026-03-01T12:00:00Z');
const shown = (product: Product) => ({ version: product.version, json: productJson.detail(product) });
const summaryIn = (json: string) => JSON.parse(json) as ProductSummary;

describe.each(storesWith('mongo'))('products in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  let unitOfWork: UnitOfWork<ProductsTx>;
  let queries: ProductQueries;
  const save = async (...products: Parameters<CatalogTx['products']['save']>[0][]): Promise<void> => {
    for (const product of products) await unitOfWork.run((tx) => tx.products.save(product));
  };

  beforeEach(() => {
    ({ unitOfWork, queries } = openProducts(toolbox));
  });

  it('stores a product as it was saved', async () => {
    const product = aProduct();
    await save(product);
    expect(await queries.find(product.productId)).toEqual(shown(product));
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(product);
  });

  it('returns a product that says the same as before, so that importing it again changes nothing', async () => {
    const pictures = [{ url: '/a.svg', alt: 'A picture' }, { url: '/b.svg', alt: '' }]; // prettier-ignore
    const product = aProduct({ variants: [aVariant({ pictures })], seo: { title: 'A', slug: 'a' } });
    await save(product);
    const found = await unitOfWork.run(({ products }) => products.find(product.productId));
    expect(found && saysTheSame(found, product)).toBe(true);
  });

  it('stores former variants, and restores one under its old id', async () => {
    const [kept, gone] = [aVariant(), aVariant()];
    const { variantId, sku, initialStock } = gone;
    const product = aProduct({ variants: [kept, gone] });
    const without = { ...product, version: 2, variants: [kept], former: [{ variantId, sku, initialStock }] };
    await save(product, without);
    expect(await queries.find(product.productId)).toEqual(shown(without));
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(without);
    expect(await queries.offers([variantId], NOW)).toEqual([]);
    await save({ ...product, version: 3 });
    expect(await queries.offers([variantId], NOW)).toMatchObject([{ sku }]);
  });

  it('reads inside a unit what the unit has saved', async () => {
    const product = aProduct();
    const seen = await unitOfWork.run(async ({ products }) => {
      await products.save(product);
      return products.find(product.productId);
    });
    expect(seen).toEqual(product);
  });

  it('discards what a failed unit has saved', async () => {
    const product = aProduct();
    const failed = unitOfWork.run(async ({ products }) => {
      await products.save(product);
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(await queries.find(product.productId)).toBeUndefined();
  });

  it('refuses a version that is not the next', async () => {
    const product = aProduct();
    await save(product);
    await expect(save({ ...product, version: 3 })).rejects.toThrow(VersionConflict);
    await expect(save(product)).rejects.toThrow(VersionConflict);
  });

  it('refuses a SKU that belongs to another product', async () => {
    await save(aProduct({ variants: [aVariant({ sku: 'SAME-1' })] }));
    const other = aProduct({ variants: [aVariant({ sku: 'SAME-1' })] });
    await expect(save(other)).rejects.toThrow(VersionConflict);
    expect(await queries.find(other.productId)).toBeUndefined();
  });

  it('frees the SKUs of removed variants', async () => {
    const product = aProduct({ variants: [aVariant({ sku: 'KEPT-1' }), aVariant({ sku: 'GONE-1' })] });
    await save(product);
    await save({ ...product, version: 2, variants: product.variants.slice(0, 1) });
    const owners = await unitOfWork.run(({ products }) => products.ownersOf(['KEPT-1', 'GONE-1']));
    expect(owners).toEqual(new Map([['KEPT-1', product.productId]]));
  });

  it('removes a product with its offers', async () => {
    const product = aProduct();
    await save(product);
    await unitOfWork.run(({ products }) => products.remove(product));
    expect(await queries.find(product.productId)).toBeUndefined();
    expect(
      await queries.offers(
        product.variants.map(({ variantId }) => variantId),
        NOW,
      ),
    ).toEqual([]);
  });

  it('does not remove a version that does not exist', async () => {
    const product = aProduct();
    await save(product);
    const stale = unitOfWork.run(({ products }) => products.remove({ ...product, version: 4 }));
    await expect(stale).rejects.toThrow(VersionConflict);
  });

  it.each(['newest', 'name', 'price_asc', 'price_desc'] as const)(
    'pages through all products once, sorted by %s',
    async (sort) => {
      const products = [5, 3, 3, 9, 1].map((price, index) =>
        aProduct({
          name: `Product ${price}`,
          createdAt: new Date(2026, 0, price),
          variants: [aVariant({ sku: `SKU-${index}`, price: { minor: price * 100, currency: 'EUR' } })],
        }),
      );
      await save(...products);
      const found = await allPages((wish) => queries.page({ ...wish, sort }));
      const seen = found.map((json) => summaryIn(json).price_from);
      const ascending = sort === 'name' || sort === 'price_asc';
      expect(seen).toEqual(ascending ? [1, 3, 3, 5, 9] : [9, 5, 3, 3, 1]);
    },
  );

  it.each([
    ['newest', DESCENDING],
    ['name', ASCENDING],
    ['price_asc', ASCENDING],
    ['price_desc', DESCENDING],
  ] as const)('lists each of many like products once, sorted by %s', async (sort, ties) => {
    await forgetIndexes(store, toolbox.store);
    await save(...TIED.map((productId) => aProduct({ productId })));
    await expectTiesInOrder(
      (wish) => queries.page({ ...wish, sort }),
      (json) => summaryIn(json).product_id,
      ties,
    );
  });

  it('refuses a cursor of another list', async () => {
    await save(aProduct(), aProduct());
    const page = await queries.page({ limit: 1, sort: 'name' });
    const next = page.ok ? page.value.next : undefined;
    expect(next).toBeDefined();
    expect(await queries.page({ limit: 1, sort: 'newest', cursor: next })).toMatchObject({
      error: { code: 'INVALID_CURSOR' },
    });
  });

  it('filters by category, brand and tag together', async () => {
    const wanted = aProduct({ category: 'Books', brand: 'Ink', tags: ['new', 'red'] });
    await save(
      wanted,
      aProduct({ category: 'Books', brand: 'Ink' }),
      aProduct({ category: 'Books', tags: ['red'] }),
    );
    const page = await queries.page({ limit: 9, sort: 'name', category: 'Books', brand: 'Ink', tag: 'red' });
    expect(page.ok && page.value.items).toEqual([productJson.summary(wanted)]);
  });

  it('offers a variant under its product’s name and its own attributes', async () => {
    const variant = aVariant({ attributes: { colour: 'Red' } });
    const product = aProduct({ name: 'Kettle', variants: [variant, aVariant({ sku: 'OTHER-1' })] });
    await save(product);
    expect(await queries.offers([variant.variantId], NOW)).toEqual([
      {
        productId: product.productId,
        variantId: variant.variantId,
        sku: variant.sku,
        name: 'Kettle (Red)',
        image: variant.pictures[0]?.url,
        prices: [{ price: variant.price }],
      },
    ]);
  });

  it('offers the prices that lists have at the time', async () => {
    const limits = { validFrom: '2026-03-01T12:00:00.000Z', validUntil: '2026-03-02T12:00:00.000Z' };
    const sale = { code: 'SALE', priority: 1, price: { minor: 1_500, currency: 'EUR' }, ...limits };
    const abroad = { code: 'US', priority: 1, price: { minor: 2_100, currency: 'USD' } };
    const variant = aVariant({ listPrices: [sale, abroad] });
    const product = aProduct({ variants: [variant] });
    await save(product);
    const pricesAt = async (at: string) =>
      (await queries.offers([variant.variantId], new Date(at))).map(({ prices }) => prices);
    expect(await pricesAt('2026-03-01T11:59:59.999Z')).toEqual([
      [{ price: variant.price }, { price: abroad.price }],
    ]);
    expect(await pricesAt('2026-03-01T12:00:00Z')).toEqual([
      [{ price: sale.price, regular: variant.price }, { price: abroad.price }],
    ]);
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(product);
  });

  it('selects the products that have prices in a list', async () => {
    const inList = (code: string) =>
      aVariant({ listPrices: [{ code, priority: 1, price: { minor: 1, currency: 'EUR' } }] });
    const wanted = [
      aProduct({ variants: [aVariant(), inList('SALE')] }),
      aProduct({ variants: [inList('SALE')], status: 'draft' }),
    ];
    await save(...wanted, aProduct({ variants: [inList('US')] }), aProduct());
    const ids = wanted.map(({ productId }) => productId).sort();
    expect(await queries.select({ priceList: 'SALE' }, undefined, 9)).toEqual(ids);
    expect(await queries.select({ priceList: 'SALE' }, ids[0], 9)).toEqual(ids.slice(1));
    expect(await queries.select({ priceList: 'NONE' }, undefined, 9)).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import type { Lifecycle } from '../core/domain/lifecycle.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import { catalog } from '../main/module.ts';
import { aProduct } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

const [BEFORE, NOW, LATER] = [0, 1, 2].map((hour) => new Date(Date.UTC(2026, 2, 1, hour))) as [
  Date,
  Date,
  Date,
];
const CATEGORY = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f31';
const SORTS = ['newest', 'name', 'price_asc', 'price_desc'] as const;

const HIDDEN: readonly [string, Lifecycle][] = [
  ['a draft', { status: 'draft' }],
  ['a draft with a schedule', { status: 'draft', publishAt: BEFORE }],
  ['a product to be published later', { status: 'published', publishAt: LATER }],
  ['a product that was unpublished', { status: 'published', unpublishAt: NOW }],
  ['a product in the trash', { status: 'published', deletedAt: BEFORE }],
];

describe.each(storesWith('mongo'))('products in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  let unitOfWork: UnitOfWork<Pick<CatalogTx, 'products'>>;
  let queries: ProductQueries;
  const save = (...products: readonly ReturnType<typeof aProduct>[]): Promise<unknown> =>
    Promise.all(products.map((product) => unitOfWork.run((tx) => tx.products.save(product))));
  const saved = async (lifecycle: Lifecycle) => {
    const product = aProduct({ ...lifecycle, categoryIds: [CATEGORY], updatedAt: NOW });
    await save(product);
    return product;
  };
  const listed = async (): Promise<number> => {
    const pages = await Promise.all(
      [...SORTS.map((sort) => ({ sort })), { sort: 'name', tag: 'thing' } as const].flatMap((request) => [
        queries.page({ limit: 9, category: 'Things', brand: 'Maker', ...request }),
        queries.page({ limit: 9, categoryId: CATEGORY, ...request }),
      ]),
    );
    return pages.flatMap((page) => (page.ok ? page.value.items : [])).length;
  };

  beforeEach(() => {
    ({ unitOfWork, queries } = openProducts(toolbox));
  });

  it.each(HIDDEN)('hide %s from customers, but keep it', async (_, lifecycle) => {
    const product = await saved(lifecycle);
    const variantIds = product.variants.map(({ variantId }) => variantId);
    expect(await queries.find(product.productId)).toBeUndefined();
    expect(await listed()).toBe(0);
    expect(await queries.countByCategory()).toEqual(new Map());
    expect(await queries.offers(variantIds, NOW)).toEqual([]);
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(product);
    const owners = await unitOfWork.run(({ products }) =>
      products.ownersOf(product.variants.map(({ sku }) => sku)),
    );
    expect([...owners.values()]).toEqual([product.productId]);
  });

  it.each<[string, Lifecycle]>([
    ['a product without a schedule', { status: 'published' }],
    ['a product within its schedule', { status: 'published', publishAt: NOW, unpublishAt: LATER }],
  ])('show %s to customers', async (_, lifecycle) => {
    const product = await saved(lifecycle);
    expect(await queries.find(product.productId)).toMatchObject({ version: 1 });
    expect(await listed()).toBe(10);
    expect(await queries.countByCategory()).toEqual(new Map([[CATEGORY, 1]]));
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(product);
  });

  it('show a product again that was hidden, and hide it again', async () => {
    const draft = await saved({ status: 'draft' });
    await save({ ...draft, version: 2, status: 'published' });
    expect([await listed(), await queries.find(draft.productId)]).toMatchObject([10, { version: 2 }]);
    await save({ ...draft, version: 3 });
    expect([await listed(), await queries.find(draft.productId)]).toEqual([0, undefined]);
  });

  it('offer variants exactly while they are visible, whenever the product was saved', async () => {
    const product = await saved({ status: 'published', publishAt: LATER, unpublishAt: new Date(+LATER + 1) });
    const variantIds = product.variants.map(({ variantId }) => variantId);
    const offersAt = async (at: number): Promise<number> =>
      (await queries.offers(variantIds, new Date(at))).length;
    expect([await offersAt(+LATER - 1), await offersAt(+LATER), await offersAt(+LATER + 1)]).toEqual([
      0, 1, 0,
    ]);
  });

  it('are due from the moment when a schedule shows or hides them', async () => {
    const [starting, ending] = [
      await saved({ status: 'published', publishAt: LATER }),
      await saved({ status: 'published', publishAt: BEFORE, unpublishAt: LATER }),
    ];
    await saved({ status: 'published', publishAt: BEFORE });
    await saved({ status: 'draft', publishAt: LATER });
    await saved({ status: 'published' });
    const due = [starting.productId, ending.productId].sort();
    expect(await queries.select({ dueBy: new Date(+LATER - 1) }, undefined, 9)).toEqual([]);
    expect(await queries.select({ dueBy: LATER }, undefined, 9)).toEqual(due);
    expect(await queries.select({ dueBy: LATER }, undefined, 1)).toEqual(due.slice(0, 1));
    expect(await queries.select({ dueBy: LATER }, due[0], 9)).toEqual(due.slice(1));
    await save({ ...starting, version: 2, updatedAt: LATER });
    expect(await queries.select({ dueBy: LATER }, undefined, 9)).toEqual([ending.productId]);
  });

  it('have related products, of which visible ones are listed in order', async () => {
    const [hidden, first, second] = [
      await saved({ status: 'draft' }),
      await saved({ status: 'published' }),
      await saved({ status: 'published' }),
    ];
    const related = [second, hidden, first].map(({ productId }) => productId);
    const product = aProduct({ related, seo: { slug: 'a-thing' } });
    await save(product);
    expect(await queries.related(product.productId)).toEqual([second, first].map(productJson.summary));
    expect(await queries.related(first.productId)).toEqual([]);
    expect(await queries.related(hidden.productId)).toBeUndefined();
    expect(await unitOfWork.run(({ products }) => products.find(product.productId))).toEqual(product);
  });

  it('are all selected without a condition', async () => {
    const products = [await saved({ status: 'draft' }), await saved({ status: 'published' })];
    expect(await queries.select({}, undefined, 9)).toEqual(products.map(({ productId }) => productId).sort());
  });
});

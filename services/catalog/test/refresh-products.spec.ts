import { beforeEach, describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeChangeCategory } from '../core/application/change-categories.ts';
import { makeCreateProduct } from '../core/application/create-product.ts';
import { withFiling } from '../core/application/filing.ts';
import {
  categorySources,
  makeFileProducts,
  makeRefreshProduct,
  makeRefreshProducts,
  type RefreshProduct,
} from '../core/application/refresh-products.ts';
import { bySibling, type Category, type CategoryDraft } from '../core/domain/category.ts';
import type { Product } from '../core/domain/product.ts';
import { catalog } from '../main/module.ts';
import { aDraft, aProduct, aVariant } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

const COUNT = 5;

describe.each(storesWith('mongo'))('products of a changed category in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  let shop: ReturnType<typeof open>;
  let productIds: readonly string[];

  const open = () => {
    const { unitOfWork: stored, queries, documents } = openProducts(toolbox);
    const { ids, clock } = toolbox;
    const unitOfWork = withFiling(stored, documents.categories, ids);
    const refreshProduct = makeRefreshProduct(unitOfWork, clock, toWire);
    const changeCategory = makeChangeCategory(unitOfWork, documents.categories, () => Promise.resolve());
    const root = async (): Promise<Category> => {
      const found = (await documents.categories.all()).find(({ parentId }) => parentId === undefined);
      if (!found) throw new Error('there is no root');
      return found;
    };
    return {
      unitOfWork,
      queries,
      refreshProduct,
      root,
      find: (productId: string) => unitOfWork.run(({ products }) => products.find(productId)),
      create: makeCreateProduct(unitOfWork, ids, clock, new Set(['EUR']), toWire),
      refresh: (one: RefreshProduct = refreshProduct): Promise<void> =>
        makeRefreshProducts(unitOfWork, categorySources(documents.categories), queries, one)(),
      file: makeFileProducts(queries, refreshProduct),
      change: async (changes: Partial<CategoryDraft>): Promise<void> => {
        const category = await root();
        const changed = await changeCategory({
          key: category.id,
          basedOn: undefined,
          draft: { ...category, ...changes },
        });
        expect(changed.ok).toBe(true);
      },
      category: (name: string, parentId?: string) => documents.categories.byName(bySibling(parentId, name)),
    };
  };

  const seen = async (): Promise<readonly string[]> => {
    const products = await Promise.all(productIds.map((id) => shop.find(id)));
    return products.map((product) => `${product?.categoryPath.join('/')} ${product?.version}`);
  };
  const all = (text: string): readonly string[] => productIds.map(() => text);

  beforeEach(async () => {
    shop = open();
    const created: string[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const { variantId: _, listPrices: __, ...variant } = aVariant();
      const product = await shop.create(aDraft({ variants: [variant] }));
      if (product.ok) created.push(product.value.productId);
    }
    productIds = created.sort();
  });

  it('get its new name, each in one new version with its event', async () => {
    await shop.change({ name: 'Goods' });
    expect(await seen()).toEqual(all('Things/Small things 1'));
    await shop.refresh();
    expect(await seen()).toEqual(all('Goods/Small things 2'));
    const events = (await toolbox.announced()).filter(({ event_type }) => event_type === 'product.updated');
    expect(events.map(({ payload }) => 'category' in payload && payload.category)).toEqual(all('Goods'));
    await shop.refresh();
    expect(await seen()).toEqual(all('Goods/Small things 2'));
  });

  it('are all refreshed if the refresh is killed half way and runs again', async () => {
    await shop.change({ name: 'Goods' });
    let done = 0;
    const dying: RefreshProduct = async (productId) => {
      if (done === 3) throw new Error('killed');
      done += 1;
      await shop.refreshProduct(productId);
    };
    await expect(shop.refresh(dying)).rejects.toThrow('killed');
    expect((await seen()).filter((path) => path.startsWith('Goods'))).toHaveLength(3);
    await open().refresh();
    expect(await seen()).toEqual(all('Goods/Small things 2'));
    expect(await shop.root()).toMatchObject({ edition: 2 });
    expect((await shop.root()).refresh).toBeUndefined();
  });

  it('get the last of two names, if the second comes during the refresh', async () => {
    await shop.change({ name: 'Goods' });
    let done = 0;
    await shop.refresh(async (productId) => {
      done += 1;
      if (done === 3) await shop.change({ name: 'Wares' });
      await shop.refreshProduct(productId);
    });
    expect(await seen()).toEqual([
      ...all('Wares/Small things 3').slice(0, 2),
      ...all('Wares/Small things 2').slice(2),
    ]);
  });

  it('are refreshed in the category below a new one', async () => {
    const small = await shop.category('Small things', (await shop.root()).id);
    if (!small) throw new Error('there is no category below');
    await shop.change({ position: 1 });
    await shop.refresh();
    expect(await seen()).toEqual(all('Things/Small things 1'));
    expect(await shop.queries.select({ categoryId: small.id }, undefined, 9)).toEqual(productIds);
  });

  it('are filed if they were stored before there were categories', async () => {
    const old: Product = aProduct({ category: 'Old', subcategory: 'Very old' });
    await shop.unitOfWork.run(({ products }) => products.save(old));
    await shop.file();
    expect(await shop.find(old.productId)).toMatchObject({
      version: 2,
      category: 'Old',
      subcategory: 'Very old',
      categoryPath: ['Old', 'Very old'],
    });
    expect(await shop.queries.select({ isUnfiled: true }, undefined, 9)).toEqual([]);
    await shop.file();
    expect(await shop.find(old.productId)).toMatchObject({ version: 2 });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, ASCENDING, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import type { ProductSummary } from '../adapters/summary.ts';
import type { Product } from '../core/domain/product.ts';
import { catalog } from '../main/module.ts';
import { aProduct, aVariant } from './product.mother.ts';
import { openProducts, type Opened } from './products.rig.ts';

const idIn = (json: string): string => (JSON.parse(json) as ProductSummary).product_id;

describe.each(storesWith('mongo'))('products by category in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  const [home, lamps, desks] = [systemIds.next(), systemIds.next(), systemIds.next()];
  let unitOfWork: Opened['unitOfWork'];
  let queries: Opened['queries'];
  const save = async (...products: readonly Product[]): Promise<void> => {
    for (const product of products) await unitOfWork.run((tx) => tx.products.save(product));
  };
  const listed = async (categoryId: string | undefined, changes: object = {}): Promise<readonly string[]> => {
    const page = await queries.page({ limit: 9, sort: 'newest', categoryId, ...changes });
    return page.ok ? page.value.items.map(idIn) : [];
  };

  beforeEach(() => {
    ({ unitOfWork, queries } = openProducts(toolbox));
  });

  it('are listed in their own category and those above it', async () => {
    const [lamp, desk] = [
      aProduct({ categoryIds: [home, lamps] }),
      aProduct({ categoryIds: [home, desks], createdAt: new Date('2026-02-02T10:00:00Z') }),
    ];
    await save(lamp, desk, aProduct());
    expect(await listed(home)).toEqual([desk.productId, lamp.productId]);
    expect(await listed(lamps)).toEqual([lamp.productId]);
    expect(await listed(home, { brand: 'Another' })).toEqual([]);
  });

  it('are listed in the category to which they were moved', async () => {
    const lamp = aProduct({ categoryIds: [home, lamps] });
    await save(lamp, { ...lamp, version: 2, categoryIds: [home, desks] });
    expect([await listed(lamps), await listed(desks), await listed(home)]).toEqual([
      [],
      [lamp.productId],
      [lamp.productId],
    ]);
  });

  it('are listed by the tags that they have now, as long as they are visible', async () => {
    const tagged = (tag: string) => listed(undefined, { tag });
    const lamp = aProduct({ tags: ['new', 'red', 'new'] });
    await save(lamp, aProduct({ tags: ['New'] }), aProduct({ tags: ['new'], status: 'draft' }));
    expect([await tagged('new'), await tagged('red')]).toEqual([[lamp.productId], [lamp.productId]]);
    await save({ ...lamp, version: 2, tags: ['red', 'blue'] });
    expect([await tagged('new'), await tagged('blue')]).toEqual([[], [lamp.productId]]);
    await unitOfWork.run((tx) => tx.products.remove({ ...lamp, version: 2 }));
    expect(await tagged('red')).toEqual([]);
  });

  it.each(['newest', 'name', 'price_asc', 'price_desc'] as const)('are paged by %s', async (sort) => {
    const products = [5, 3, 3, 9, 1].map((price) =>
      aProduct({
        categoryIds: [home],
        name: `Product ${price}`,
        createdAt: new Date(2026, 0, price),
        variants: [aVariant({ price: { minor: price * 100, currency: 'EUR' } })],
      }),
    );
    await save(...products, aProduct({ categoryIds: [lamps] }));
    const found = await allPages((wish) => queries.page({ ...wish, sort, categoryId: home }));
    const seen = found.map((json) => (JSON.parse(json) as ProductSummary).price_from);
    const isAscending = sort === 'name' || sort === 'price_asc';
    expect(seen).toEqual(isAscending ? [1, 3, 3, 5, 9] : [9, 5, 3, 3, 1]);
  });

  it.each([
    ['newest', DESCENDING],
    ['name', ASCENDING],
  ] as const)('are listed once each if they are alike, sorted by %s', async (sort, ties) => {
    await forgetIndexes(store, toolbox.store);
    await save(...TIED.map((productId) => aProduct({ productId, categoryIds: [home] })));
    await expectTiesInOrder((wish) => queries.page({ ...wish, sort, categoryId: home }), idIn, ties);
  });

  it.each(['newest', 'name', 'price_asc', 'price_desc'] as const)(
    'are filtered by all tags, price and age, sorted by %s',
    async (sort) => {
      const FROM = new Date('2026-02-02T10:00:00Z');
      const costs = (minor: number, currency = 'EUR') => [aVariant({ price: { minor, currency } })];
      const made = { categoryIds: [home], tags: ['red', 'new'], variants: costs(10_00), createdAt: FROM };
      const wanted = [aProduct(made), aProduct({ ...made, variants: costs(20_00) })];
      await save(
        ...wanted,
        aProduct({ ...made, tags: ['red'], variants: costs(10_00) }),
        aProduct({ ...made, variants: costs(9_99) }),
        aProduct({ ...made, variants: costs(20_01) }),
        aProduct({ ...made, variants: costs(15_00, 'USD') }),
        aProduct({ ...made, variants: costs(15_00), createdAt: new Date(FROM.getTime() - 1) }),
      );
      const price = { currency: 'EUR', min: 10_00, max: 20_00 };
      for (const categoryId of [home, undefined]) {
        const request = { sort, categoryId, tags: ['red', 'new'], price, createdFrom: FROM };
        const found = await allPages((wish) => queries.page({ ...wish, ...request }));
        expect(found.map(idIn).sort()).toEqual(wanted.map(({ productId }) => productId).sort());
      }
    },
  );

  it('are summarised by ID as long as they are visible', async () => {
    const [shown, hidden] = [aProduct(), aProduct({ status: 'draft' })];
    await save(shown, hidden);
    const found = await queries.summaries([hidden.productId, shown.productId, systemIds.next()]);
    expect(found).toEqual(new Map([[shown.productId, productJson.summary(shown)]]));
  });

  it('are counted in their own category', async () => {
    await save(
      aProduct({ categoryIds: [home] }),
      aProduct({ categoryIds: [home, lamps] }),
      aProduct({ categoryIds: [home, lamps] }),
      aProduct(),
    );
    expect(await queries.countByCategory()).toEqual(
      new Map([
        [home, 1],
        [lamps, 2],
      ]),
    );
  });

  it('are selected by category, or because they have none, by ID', async () => {
    const filed = [1, 2, 3].map(() => aProduct({ categoryIds: [home, lamps] }));
    const unfiled = [1, 2].map(() => aProduct());
    await save(...filed.toReversed(), ...unfiled);
    const [first, ...rest] = filed.map(({ productId }) => productId).sort();
    expect(await queries.select({ categoryId: home }, undefined, 9)).toEqual([first, ...rest]);
    expect(await queries.select({ categoryId: lamps }, first, 1)).toEqual(rest.slice(0, 1));
    expect(await queries.select({ isUnfiled: true }, undefined, 9)).toEqual(
      unfiled.map(({ productId }) => productId).sort(),
    );
  });
});

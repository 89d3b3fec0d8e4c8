import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { money } from '#kernel/money.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, ASCENDING, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import type { Product } from '../core/domain/product.ts';
import type { StaffFilter } from '../core/ports/staff-filter.ts';
import { catalog } from '../main/module.ts';
import { aProduct, aVariant } from './product.mother.ts';
import { openProducts } from './products.rig.ts';

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));

describe.each(storesWith('mongo'))('lists for staff in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, catalog));
  let opened: ReturnType<typeof openProducts>;
  const save = async (...products: readonly Product[]): Promise<void> => {
    for (const product of products) await opened.unitOfWork.run((tx) => tx.products.save(product));
  };
  /** The names in the list, which must be what `select` finds. */
  const listed = async (filter: StaffFilter): Promise<readonly string[]> => {
    const products = await allPages((wish) => opened.staff.page({ ...wish, ...filter, sort: 'name' }));
    expect(await opened.queries.select(filter, undefined, 99)).toEqual(
      products.map(({ productId }) => productId).sort(),
    );
    return products.map(({ name }) => name);
  };

  beforeEach(() => {
    opened = openProducts(toolbox);
  });

  it('have whole products in every stage', async () => {
    const products = [
      aProduct({ name: 'A', status: 'draft', publishAt: day(3) }),
      aProduct({ name: 'B', publishAt: day(3), updatedAt: day(2) }),
      aProduct({ name: 'C' }),
      aProduct({ name: 'D', unpublishAt: day(1), updatedAt: day(2) }),
      aProduct({ name: 'E', deletedAt: day(1), updatedAt: day(2) }),
    ];
    await save(...products);
    expect(await allPages((wish) => opened.staff.page({ ...wish, sort: 'name' }))).toEqual(products);
    for (const product of products) expect(await opened.staff.find(product.productId)).toEqual(product);
    const stages = ['draft', 'scheduled', 'published', 'ended', 'trash'] as const;
    for (const [index, stage] of stages.entries())
      expect(await listed({ stages: [stage] })).toEqual([products[index]?.name]);
    expect(await listed({ stages: ['ended', 'draft'] })).toEqual(['A', 'D']);
  });

  it('find products by beginnings of words and SKUs, as they are now', async () => {
    const lamp = aProduct({ name: 'Café lamp', brand: 'Lumen', variants: [aVariant({ sku: 'LAMP-OAK-2' })] });
    await save(
      lamp,
      aProduct({ name: 'Tea table', brand: 'Lampert', variants: [aVariant({ sku: 'TAB-1' })] }),
      aProduct({ name: String.raw`O'Neill \ 'jar':*`, variants: [aVariant({ sku: 'JAR-1' })] }),
    );
    for (const q of ["o'nei", String.raw`\ 'ja`, "'jar':*", 'jar'])
      expect(await listed({ q })).toEqual([String.raw`O'Neill \ 'jar':*`]);
    expect(await listed({ q: "'tea':* | 'jar'" })).toEqual([]);
    expect(await listed({ q: 'lamp' })).toEqual(['Café lamp', 'Tea table']);
    expect(await listed({ q: 'CAFE lum' })).toEqual(['Café lamp']);
    expect(await listed({ q: 'oak' })).toEqual(['Café lamp']);
    expect(await listed({ q: 'afe' })).toEqual([]);
    expect(await listed({ sku: 'lamp' })).toEqual(['Café lamp']);
    expect(await listed({ sku: 'LAMP-OAK-2' })).toEqual(['Café lamp']);
    expect(await listed({ sku: 'OAK' })).toEqual([]);
    await save({ ...lamp, version: 2, name: 'Bar light' });
    expect(await listed({ q: 'cafe' })).toEqual([]);
    expect(await listed({ q: 'ligh lamp-oak' })).toEqual(['Bar light']);
  });

  it('find products by what they lack, and by their categories', async () => {
    const [root, leaf] = [systemIds.next(), systemIds.next()];
    const categoryIds = [root, leaf];
    await save(
      aProduct({ name: 'A', categoryIds, variants: [aVariant({ pictures: [] })] }),
      aProduct({ name: 'B', categoryIds: [root], variants: [aVariant({ price: money(0, 'EUR') })] }),
      aProduct({ name: 'C' }),
    );
    expect(await listed({ missing: 'image' })).toEqual(['A']);
    expect(await listed({ missing: 'price' })).toEqual(['B']);
    expect(await listed({ missing: 'category' })).toEqual(['C']);
    expect([await listed({ categoryId: root }), await listed({ categoryId: leaf })]).toEqual([
      ['A', 'B'],
      ['A'],
    ]);
  });

  it('can be filtered by several fields together', async () => {
    const wanted = aProduct({
      name: 'A',
      category: 'Books',
      brand: 'Ink',
      tags: ['new', 'red'],
      updatedAt: day(2),
    });
    await save(
      wanted,
      aProduct({ name: 'B', category: 'Books', brand: 'Ink', tags: ['red'], updatedAt: day(1) }),
      aProduct({ name: 'C', category: 'Books', brand: 'Maker', tags: ['red'], updatedAt: day(3) }),
      aProduct({ name: 'D', category: 'Audio', brand: 'Ink', tags: ['red'], updatedAt: day(3) }),
    );
    const filter = { category: 'Books', subcategory: 'Small things', brand: 'Ink', tag: 'red' };
    expect(await listed(filter)).toEqual(['A', 'B']);
    expect(await listed({ ...filter, updatedSince: day(2) })).toEqual(['A']);
    expect(await listed({ ...filter, q: 'b', stages: ['published'] })).toEqual(['B']);
  });

  it.each(['updated', 'newest', 'name', 'price_asc', 'price_desc'] as const)(
    'are sorted by %s',
    async (sort) => {
      const products = [5, 3, 3, 9, 1].map((number, index) =>
        aProduct({
          name: `Product ${number}`,
          createdAt: day(number),
          updatedAt: day(20 - number),
          status: index % 2 === 0 ? 'draft' : 'published',
          variants: [aVariant({ price: { minor: number * 100, currency: 'EUR' } })],
        }),
      );
      await save(...products);
      const found = await allPages((wish) => opened.staff.page({ ...wish, sort }));
      const numbers = found.map(({ name }) => Number(name.at(-1)));
      const ascending = sort === 'name' || sort === 'price_asc' || sort === 'updated';
      expect(numbers).toEqual(ascending ? [1, 3, 3, 5, 9] : [9, 5, 3, 3, 1]);
    },
  );

  it.each([
    ['updated', DESCENDING],
    ['name', ASCENDING],
    ['price_desc', DESCENDING],
  ] as const)('have each of many like products once, sorted by %s', async (sort, ties) => {
    await forgetIndexes(store, toolbox.store);
    await save(...TIED.map((productId) => aProduct({ productId })));
    await expectTiesInOrder(
      (wish) => opened.staff.page({ ...wish, sort, q: 'thing' }),
      ({ productId }) => productId,
      ties,
    );
  });

  it('refuse a cursor of another list', async () => {
    await save(aProduct(), aProduct());
    const customers = await opened.queries.page({ limit: 1, sort: 'name' });
    const staff = await opened.staff.page({ limit: 1, sort: 'updated' });
    for (const page of [customers, staff]) {
      const cursor = page.ok ? page.value.next : undefined;
      expect(cursor).toBeDefined();
      expect(await opened.staff.page({ limit: 1, sort: 'name', cursor })).toMatchObject({
        error: { code: 'INVALID_CURSOR' },
      });
    }
  });
});

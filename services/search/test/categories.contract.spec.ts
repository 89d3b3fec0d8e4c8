import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { aListing } from './search.mother.ts';
import { INDEXES, openSearch } from './search.rig.ts';

describe.each(INDEXES)('categories in the %s index', (name) => {
  const [HOME, LAMPS, DESK_LAMPS] = [systemIds.next(), systemIds.next(), systemIds.next()];
  const filed = (product: string, categoryIds: readonly string[], categoryPath: readonly string[]) =>
    aListing({
      name: product,
      category: 'Home',
      subcategory: categoryPath[1] ?? '',
      categoryIds,
      categoryPath,
    });
  const opened = async () => {
    const shop = await openSearch(name);
    await shop.put(
      filed('Pixar', [HOME, LAMPS, DESK_LAMPS], ['Home', 'Lamps', 'Desk lamps']),
      filed('Moon', [HOME, LAMPS], ['Home', 'Lamps']),
      filed('Mat', [HOME], ['Home']),
      aListing({ name: 'Unfiled', category: 'Home' }),
    );
    return shop;
  };

  it('find a product by each name in its path', async () => {
    const shop = await opened();
    expect(await shop.namesFor('desk lamp')).toEqual(['Pixar']);
    expect((await shop.namesFor('lamps')).toSorted()).toEqual(['Moon', 'Pixar']);
  });

  it.each([
    [[LAMPS], ['Moon', 'Pixar']],
    [[DESK_LAMPS], ['Pixar']],
    [[HOME], ['Mat', 'Moon', 'Pixar']],
    [
      [DESK_LAMPS, LAMPS],
      ['Moon', 'Pixar'],
    ],
    [[systemIds.next()], []],
  ])('are a filter, with those below them', async (categoryIds, names) => {
    const shop = await opened();
    const found = await shop.namesFor(undefined, { filters: { categoryIds } });
    expect(found.toSorted()).toEqual(names);
  });

  it('count no subcategory for a product in a root', async () => {
    const { facets } = await (await opened()).search(undefined, { filters: { categoryIds: [HOME] } });
    const shown = facets?.products.find((facet) => facet.name === 'subcategory');
    expect(shown?.values).toEqual([{ value: 'Lamps', products: 2 }]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { aListing } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

describe.each(INDEXES)('suggestions of the %s index', (name) => {
  let shop: SearchRig;
  beforeEach(async () => {
    shop = await openSearch(name);
    await shop.put(
      aListing({ name: 'Lantern Speaker', brand: 'Lumen', category: 'Audio', subcategory: 'Speakers' }),
      aListing({ name: 'Laptop Stand', brand: 'Desker', category: 'Office', subcategory: 'Laptop Stands' }),
      aListing({ name: 'Lamp', brand: 'Lumen', category: 'Home', subcategory: 'Lamps' }),
      aListing({ name: 'Lamps of the World', brand: 'Press', category: 'Books', subcategory: 'Lamp' }),
    );
  });

  it('complete the last word, to products, categories and brands', async () => {
    const { products, categories, brands } = await shop.suggest('la');
    expect(products.map((product) => product.name).toSorted()).toEqual([
      'Lamp',
      'Lamps of the World',
      'Lantern Speaker',
      'Laptop Stand',
    ]);
    expect(categories.toSorted()).toEqual(['Lamp', 'Laptop Stands']);
    expect(brands).toEqual([]);
    expect((await shop.suggest('lu')).brands).toEqual(['Lumen']);
  });

  it('take earlier words as they are', async () => {
    const { products } = await shop.suggest('laptop st');
    expect(products.map((product) => product.name)).toEqual(['Laptop Stand']);
    expect((await shop.suggest('lap stand')).products).toEqual([]);
  });

  it.each(['l', 'la', 'lam', 'sp', 'lantern sp', 'of the w'])(
    'lead to products on the first page: %s',
    async (text) => {
      const { products, categories, brands } = await shop.suggest(text);
      for (const product of products)
        expect((await shop.namesFor(product.name)).slice(0, 24)).toContain(product.name);
      for (const value of [...categories, ...brands])
        expect((await shop.search(value)).total).toBeGreaterThan(0);
    },
  );

  it('have no twins that differ in the plural', async () => {
    const { categories } = await shop.suggest('lamp');
    expect(categories).toHaveLength(1);
  });

  it('do not lead to what is gone', async () => {
    const [lamp] = [...shop.listings.values()].filter(({ product }) => product?.name === 'Lamp');
    if (!lamp) throw new Error('no lamp');
    await shop.put({ ...lamp, revision: 2, product: undefined });
    expect((await shop.suggest('lamp')).products.map((product) => product.name)).not.toContain('Lamp');
  });

  it.each(['', '?', '   '])('are empty without a word: %j', async (text) => {
    expect(await shop.suggest(text)).toEqual({ queries: [], products: [], categories: [], brands: [] });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

describe.each(INDEXES)('popular queries on the %s index', (name) => {
  let shop: SearchRig;
  beforeEach(async () => {
    shop = await openSearch(name, { synonyms: [['lamp', 'light']] });
    await shop.put(
      aListing({ name: 'Desk Lamp', variants: [aVariant({ sku: 'LMP-DSK7' })] }),
      aListing({ name: 'Therapist Chair' }),
      aListing({ name: 'T-Shirt 512 GB' }),
    );
  });

  it.each(['lamp', 'Desk lamps', 'my desk lamp', 'light', 'therapist', 't-shirt', '512gb'])(
    'are those whose words products or synonyms have: %s',
    async (query) => {
      await shop.search(query);
      expect(shop.counted).toEqual([query]);
    },
  );

  it.each(['', 'lamb', 'lamp sofa', 'the rapist', 'the-rapist', 'LMP-DSK7', 'sofa', '?'])(
    'are none that find something else, or are put together from parts of words: %j',
    async (query) => {
      await shop.search(query);
      expect(shop.counted).toEqual([]);
    },
  );

  it('are counted on the first page, without filters', async () => {
    await shop.put(aListing({ name: 'Floor Lamp' }));
    const { next } = await shop.search('lamp', { limit: 1 });
    await shop.search('lamp', { limit: 1, after: next });
    for (const filters of [{ brand: ['Maker'] }, { inStock: true }, { price: { min: 1 } }, { rating: 1 }])
      await shop.search('lamp', { filters });
    expect(shop.counted).toEqual(['lamp']);
    const unused = { brand: undefined, price: { min: undefined }, inStock: false, attributes: new Map() };
    await shop.search('lamp', { filters: unused });
    expect(shop.counted).toHaveLength(2);
  });

  it('are suggested while they find something, the most frequent first, at most five', async () => {
    const queries = [
      'desk lamp',
      'lamp',
      'sofa desk',
      'desks',
      'my desk',
      'desk',
      'desk light',
      'desk lamps',
      'chair',
    ];
    shop.popular.push(...queries);
    expect((await shop.suggest('des')).queries).toEqual([
      'desk lamp',
      'desks',
      'my desk',
      'desk',
      'desk light',
    ]);
    expect((await shop.suggest('desk la')).queries).toEqual(['desk lamp', 'desk lamps']);
    expect((await shop.suggest('ch')).queries).toEqual(['chair']);
    for (const { productId, product } of shop.listings.values())
      if (product?.name === 'Desk Lamp')
        await shop.put({ ...aListing({ name: 'Lamp' }), productId, revision: 2 });
    expect((await shop.suggest('de')).queries).toEqual([]);
    expect((await shop.suggest('la')).queries).toEqual(['lamp']);
  });
});

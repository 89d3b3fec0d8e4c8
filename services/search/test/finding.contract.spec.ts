import { beforeEach, describe, expect, it } from 'vitest';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

describe.each(INDEXES)('a query to the %s index', (name) => {
  let shop: SearchRig;
  beforeEach(async () => {
    shop = await openSearch(name);
  });

  describe('that is a SKU', () => {
    const headphones = aListing({
      name: 'Headphones',
      variants: [aVariant({ sku: 'AVC-A1H' }), aVariant({ sku: 'AVC-A1H-RED' })],
    });

    beforeEach(async () => {
      await shop.put(
        headphones,
        aListing({ name: 'AVC Case for A1 phones, H size' }),
        aListing({ name: 'Stand 1' }),
      );
    });

    it.each(['AVC-A1H', 'avc-a1h', 'AVCA1H', 'AVC A1H', ' avc - a1h '])(
      'finds only its product: %s',
      async (query) => {
        expect(await shop.namesFor(query)).toEqual(['Headphones']);
      },
    );

    it('names the variant that has it', async () => {
      const { hits } = await shop.search('AVC-A1H-RED');
      expect(hits).toMatchObject([{ matched: { sku: 'AVC-A1H-RED' } }]);
    });

    it.each(['A1H', 'a1h headphones'])('may be a part of it: %s', async (query) => {
      expect((await shop.namesFor(query))[0]).toBe('Headphones');
    });

    it('may be its beginning up to a hyphen', async () => {
      await shop.put(aListing({ name: 'Lamp', variants: [aVariant({ sku: 'NVR-AER14-SLV' })] }));
      expect((await shop.namesFor('NVR-AER14')).slice(0, 3)).toContain('Lamp');
      expect((await shop.namesFor('nvraer14')).slice(0, 3)).toContain('Lamp');
    });
  });

  it('ranks exact name, prefix of the name, brand, and description in this order', async () => {
    await shop.put(
      aListing({ name: 'Chair', description: 'Goes well with the Nordlys lamp.' }),
      aListing({ name: 'Table', brand: 'Nordlys' }),
      aListing({ name: 'Nordlys Pendant' }),
      aListing({ name: 'Nordlys' }),
    );
    expect(await shop.namesFor('nordlys')).toEqual(['Nordlys', 'Nordlys Pendant', 'Table', 'Chair']);
  });

  it('is not outranked by what sells better or is in stock', async () => {
    await shop.put(
      aListing(
        { name: 'Chair', description: 'For the oak desk.' },
        { sold: 100_000, rating: { average: 5, count: 900 } },
      ),
      aListing({ name: 'Oak Desk' }, { available: new Set() }),
    );
    expect(await shop.namesFor('oak desk')).toEqual(['Oak Desk', 'Chair']);
  });

  it('ranks equal matches by stock, rating and sales', async () => {
    await shop.put(
      aListing({ name: 'Desk A' }, { available: new Set() }),
      aListing({ name: 'Desk B' }),
      aListing({ name: 'Desk C' }, { sold: 500, rating: { average: 4.8, count: 80 } }),
    );
    expect(await shop.namesFor('desk')).toEqual(['Desk C', 'Desk B', 'Desk A']);
  });

  it('with a number finds what has this number', async () => {
    await shop.put(...['Stand 1', 'Stand 2', 'Stand 3', 'Stand 20'].map((name) => aListing({ name })));
    expect(await shop.namesFor('stand 2')).toEqual(['Stand 2']);
    expect(await shop.namesFor('stand 3')).toEqual(['Stand 3']);
  });

  it.each([
    ['Côtes du Rhône', 'cotes du rhone'],
    ['Cotes du Rhone', 'CÔTES DU RHÔNE'],
    ['Knife Block', 'knives block'],
    ['Set of Knives', 'knife set'],
    ['T-Shirt', 'tshirt'],
    ['T-Shirt', 't shirt'],
    ['Tshirt', 't-shirt'],
    ['512 GB Drive', '512gb drive'],
    ['512GB Drive', '512 gb drive'],
    ['Kids’ Sneaker', 'kids sneakers'],
  ])('finds %s for %s', async (product, query) => {
    await shop.put(aListing({ name: product }), aListing({ name: 'Other' }));
    expect(await shop.namesFor(query)).toEqual([product]);
  });

  it.each(['speker', 'spaekers', 'speaekr', 'xpeaker', 'speake'])(
    'forgives a typing error: %s',
    async (query) => {
      await shop.put(aListing({ name: 'Speaker' }), aListing({ name: 'Lamp' }));
      expect(await shop.namesFor(query)).toEqual(['Speaker']);
      expect((await shop.search(query)).match).toBe('corrected');
    },
  );

  it('is taken literally if a product has its words', async () => {
    await shop.put(aListing({ name: 'Boot' }), aListing({ name: 'Book' }));
    expect(await shop.namesFor('boot')).toEqual(['Boot']);
  });

  it.each([undefined, '', '  ', '?!'])('without words finds everything: %j', async (query) => {
    await shop.put(aListing({ name: 'Lamp' }), aListing({ name: 'Chair' }));
    expect((await shop.search(query)).total).toBe(2);
  });

  it('finds what has any of its words if nothing has all, and ranks what has most of them first', async () => {
    await shop.put(...['Blue Lamp', 'Blue Wool Scarf', 'Lamp'].map((product) => aListing({ name: product })));
    expect(await shop.namesFor('blue wool cashmere scarf')).toEqual(['Blue Wool Scarf', 'Blue Lamp']);
    expect((await shop.search('blue wool cashmere scarf')).match).toBe('partial');
  });

  it('sorted by price leaves out what only a description mentions', async () => {
    await shop.put(
      aListing({ name: 'Laptop Sleeve', variants: [aVariant({ price: 30 })] }),
      aListing({ name: 'Pen', description: 'Fits beside your laptop.', variants: [aVariant({ price: 2 })] }),
      aListing({ name: 'Laptop', variants: [aVariant({ price: 900 })] }),
    );
    expect(await shop.namesFor('laptop', { sort: 'price_asc' })).toEqual(['Laptop Sleeve', 'Laptop']);
    expect(await shop.namesFor('laptop', { sort: 'price_desc' })).toEqual(['Laptop', 'Laptop Sleeve']);
  });

  it.each([
    'x'.repeat(10_000),
    '"lamp" AND (OR) NOT -lamp +lamp~2 lamp* {"match_all":{}}'.repeat(10),
    '💡'.repeat(500),
    '<script>alert(1)</script>',
    '\u0000\u202e\uffff',
    'lamp '.repeat(2_000),
  ])('of any kind breaks nothing: %.30j', async (query) => {
    await shop.put(aListing({ name: 'Lamp' }));
    expect((await shop.search(query)).total).toBeLessThanOrEqual(1);
    expect((await shop.suggest(query)).products.length).toBeLessThanOrEqual(1);
  });
});

describe.each(INDEXES)('synonyms in the %s index', (name) => {
  const GROUPS = [
    ['laptop', 'notebook', 'macbook'],
    ['tv stand', 'television table', 'media bench'],
  ];

  it.each(['laptop', 'notebooks', 'macbook'])('find what has only another member: %s', async (query) => {
    const shop = await openSearch(name, { synonyms: GROUPS });
    await shop.put(
      ...['Red Laptop', 'Red Notebook', 'Red Macbook'].map((product) => aListing({ name: product })),
      aListing({ name: 'Red Lamp' }),
      aListing({ name: 'Blue Laptop' }),
    );
    const found = await shop.namesFor(`red ${query}`);
    expect(found.toSorted()).toEqual(['Red Laptop', 'Red Macbook', 'Red Notebook']);
  });

  it.each(['oak tv stand', 'oak television table', 'oak media bench'])(
    'may have several words: %s',
    async (query) => {
      const shop = await openSearch(name, { synonyms: GROUPS });
      await shop.put(
        ...['Oak TV Stand', 'Oak Television Table', 'Oak Media Bench'].map((product) =>
          aListing({ name: product }),
        ),
        aListing({ name: 'Oak TV' }),
        aListing({ name: 'Pine TV Stand' }),
      );
      const found = await shop.namesFor(query);
      expect(found.toSorted()).toEqual(['Oak Media Bench', 'Oak TV Stand', 'Oak Television Table']);
    },
  );

  it('rank the words of the query first', async () => {
    const shop = await openSearch(name, { synonyms: GROUPS });
    await shop.put(aListing({ name: 'Laptop' }), aListing({ name: 'Notebook' }));
    expect(await shop.namesFor('notebook')).toEqual(['Notebook', 'Laptop']);
  });
});

describe.each(INDEXES)('pins in the %s index', (name) => {
  it('come first, in their order, unless they are filtered out or gone', async () => {
    const [desk, lamp, gone] = [
      aListing({ name: 'Desk' }),
      aListing({ name: 'Lamp' }),
      aListing({ name: 'Gone' }),
    ];
    const shop = await openSearch(name, {
      pins: { chair: [gone, lamp, desk].map(({ productId }) => productId) },
    });
    await shop.put(aListing({ name: 'Chair' }), desk, lamp, gone);
    await shop.put({ ...gone, revision: 2, product: undefined });
    expect(await shop.namesFor('Chair')).toEqual(['Lamp', 'Desk', 'Chair']);
    expect(await shop.namesFor('chair', { filters: { category: ['Toys'] } })).toEqual([]);
    expect(await shop.namesFor('chair', { sort: 'newest' })).toEqual(['Chair']);
  });
});

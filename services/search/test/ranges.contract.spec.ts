import { beforeEach, describe, expect, it } from 'vitest';
import type { MeasureRange } from '../core/domain/measure.ts';
import type { Listing } from '../core/domain/listing.ts';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

const laptop = (name: string, ...variants: readonly Readonly<Record<string, string>>[]): Listing =>
  aListing({ name, variants: variants.map((attributes) => aVariant({ attributes })) });

const storage = (...ranges: readonly MeasureRange[]) => ({ ranges: new Map([['storage', ranges]]) });

describe.each(INDEXES)('ranges of numbers in the %s index', (index) => {
  let shop: SearchRig;
  beforeEach(async () => {
    shop = await openSearch(index);
  });
  const found = async (filters: object): Promise<string[]> =>
    (await shop.namesFor(undefined, { filters })).toSorted();

  it('include their ends, and may lack one', async () => {
    await shop.put(...[128, 256, 512].map((size) => laptop(`L${size}`, { storage: `${size} GB` })));
    expect(await found(storage({ unit: 'GB', min: 256, max: 512 }))).toEqual(['L256', 'L512']);
    expect(await found(storage({ unit: 'GB', max: 256 }))).toEqual(['L128', 'L256']);
    expect(await found(storage({ unit: 'GB', min: 513 }))).toEqual([]);
  });

  it('hold for one variant, with all that is chosen', async () => {
    await shop.put(
      laptop('A', { colour: 'Red', storage: '128 GB' }, { colour: 'Blue', storage: '512 GB' }),
      laptop('B', { colour: 'Blue', storage: '128 GB' }, { colour: 'Red', storage: '512 GB' }),
    );
    const filters = { ...storage({ unit: 'GB', min: 256 }), attributes: new Map([['colour', ['Red']]]) };
    const { hits } = await shop.search(undefined, { filters });
    expect(hits).toMatchObject([{ product: { name: 'B' }, matched: { attributes: { storage: '512 GB' } } }]);
    expect(await found({ ...filters, ranges: new Map([['depth', [{ unit: '', min: 1 }]]]) })).toEqual([]);
  });

  it('do not convert units, and several of one attribute are alternatives', async () => {
    await shop.put(...['256 GB', '1 TB', '1', 'big'].map((value) => laptop(value, { storage: value })));
    expect(await found(storage({ unit: 'GB', min: 1 }))).toEqual(['256 GB']);
    expect(await found(storage({ unit: '', min: 1 }))).toEqual(['1']);
    expect(await found(storage({ unit: 'GB', min: 256 }, { unit: 'TB', min: 1 }))).toEqual([
      '1 TB',
      '256 GB',
    ]);
  });

  it('are sorted by price of the variants within', async () => {
    const variants = [
      aVariant({ price: 1, attributes: { storage: '64 GB' } }),
      aVariant({ price: 9, attributes: { storage: '512 GB' } }),
    ];
    await shop.put(
      aListing({ name: 'Dear', variants }),
      aListing({ name: 'Cheap', variants: [aVariant({ price: 5, attributes: { storage: '512 GB' } })] }),
    );
    const filters = storage({ unit: 'GB', min: 256 });
    expect(await shop.namesFor(undefined, { filters, sort: 'price_asc' })).toEqual(['Cheap', 'Dear']);
  });

  it('stay in the facets when nothing is in them', async () => {
    await shop.put(laptop('A', { storage: '64 GB' }), laptop('B', { storage: '-0.5 GB' }));
    const { total, facets } = await shop.search(undefined, { filters: storage({ unit: 'GB', min: 999 }) });
    expect([total, facets?.ranges]).toEqual([0, [{ name: 'storage', unit: 'GB', min: -0.5, max: 64 }]]);
  });

  it.each(['a.b', 'x"y', 'ring [mm]', '~#@&<1-9>', 'größe', 'a\\d', 'ab'])(
    'take any name: %s',
    async (name) => {
      await shop.put(
        laptop('A', { [name]: '5 fl oz', [`${name}x`]: '7 fl oz' }),
        laptop('B', { [name]: '9 fl oz' }),
      );
      const filters = { ranges: new Map([[name, [{ unit: 'fl oz', max: 5 }]]]) };
      const { total, facets } = await shop.search(undefined, { filters });
      expect(total).toBe(1);
      expect(facets?.ranges).toEqual([
        { name, unit: 'fl oz', min: 5, max: 9 },
        { name: `${name}x`, unit: 'fl oz', min: 7, max: 7 },
      ]);
    },
  );

  it('take twenty names at once, besides twenty attributes and all other filters', async () => {
    const names = Array.from({ length: 20 }, (_, place) => `n${place}`);
    const attributes = Object.fromEntries(
      names.flatMap((name) => [
        [name, '5 mm'],
        [`t${name}`, 'x'],
      ]),
    );
    await shop.put(laptop('A', attributes), laptop('B', { ...attributes, n19: '9 mm' }));
    const filters = {
      brand: ['Maker'],
      rating: undefined,
      price: { min: 1 },
      currency: 'EUR',
      inStock: true,
      attributes: new Map(names.map((name) => [`t${name}`, ['x']])),
      ranges: new Map(names.map((name) => [name, [{ unit: 'mm', max: 5 }]])),
    };
    const { total, facets } = await shop.search(undefined, { filters });
    expect(total).toBe(1);
    expect(facets?.ranges.find(({ name }) => name === 'n19')).toMatchObject({ min: 5, max: 9 });
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Facets, Filters } from '../core/domain/filters.ts';
import type { MeasureRange } from '../core/domain/measure.ts';
import type { Listing, Variant } from '../core/domain/listing.ts';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

const BRANDS = ['Acme', 'Bolt', 'Cove'];
const CATEGORIES = ['Home', 'Sport'];
const COLOURS = ['Red', 'Blue', 'Green'];
const SIZES = ['S', 'M', 'L'];
/** Mostly numbers, unlike depths. */
const STORAGES = ['64 GB', '128 GB', '256 GB', '1 TB', 'none'];
const DEPTHS = ['3 mm', '5 mm', 'flat', 'flat-ish', 'deep', 'very deep'];
const WORDS = ['lamp', 'chair', 'oak', 'steel'];
const CURRENCIES = ['EUR', 'USD'];

const variants = fc.record({
  colour: fc.constantFrom(...COLOURS),
  size: fc.constantFrom(...SIZES),
  storage: fc.constantFrom(...STORAGES),
  depth: fc.constantFrom(...DEPTHS),
  price: fc.integer({ min: 1, max: 9 }),
  currency: fc.constantFrom(...CURRENCIES),
  isAvailable: fc.boolean(),
});

const products = fc.record({
  name: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
  brand: fc.constantFrom(...BRANDS),
  category: fc.constantFrom(...CATEGORIES),
  tags: fc.uniqueArray(fc.constantFrom('new', 'sale', 'gift'), { maxLength: 2 }),
  variants: fc.array(variants, { minLength: 1, maxLength: 4 }),
  rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
});

const some = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });

const gigabytes = fc.option(fc.constantFrom(1, 64, 128, 300), { nil: undefined });
const millimetres = fc.record({ unit: fc.constant('mm'), min: fc.constantFrom(3, 4) });
const ranges = fc
  .record(
    {
      storage: fc.array(fc.record({ unit: fc.constantFrom('GB', 'TB'), min: gigabytes, max: gigabytes }), {
        minLength: 1,
        maxLength: 2,
      }),
      depth: fc.tuple(millimetres),
    },
    { requiredKeys: [] },
  )
  .map((some) => new Map<string, readonly MeasureRange[]>(Object.entries(some)));

const filters: fc.Arbitrary<Filters> = fc
  .record({
    brand: some(BRANDS),
    category: some(CATEGORIES),
    tag: some(['new', 'sale', 'gift']),
    colour: some(COLOURS),
    size: some(SIZES),
    storage: some(STORAGES),
    ranges,
    min: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    currency: fc.option(fc.constantFrom(...CURRENCIES), { nil: undefined }),
    inStock: fc.boolean(),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  })
  .map(({ colour, size, storage, min, max, ...others }) => ({
    ...others,
    price: { min, max },
    attributes: new Map([
      ...(colour ? [['colour', colour] as const] : []),
      ...(size ? [['size', size] as const] : []),
      ...(storage ? [['storage', storage] as const] : []),
    ]),
  }));

const toListing = (product: typeof products extends fc.Arbitrary<infer T> ? T : never): Listing => {
  const made = product.variants.map(({ price, currency, isAvailable: _, ...attributes }) =>
    aVariant({ price, currency, attributes }),
  );
  const { name, brand, category, tags, rating } = product;
  return aListing(
    { name: name.join(' '), brand, category, tags, variants: made },
    {
      available: new Set(
        made.flatMap(({ sku }, index) => (product.variants[index]?.isAvailable ? [sku] : [])),
      ),
      rating: rating === undefined ? undefined : { average: rating, count: 3 },
    },
  );
};

// The oracle: what is found, counted separately.

const without = (all: Filters, facet: string): Filters => {
  const [kind = '', name] = facet.split(':');
  if (name === undefined) return { ...all, [kind]: undefined };
  const [attributes, others] = [new Map(all.attributes), new Map(all.ranges)];
  (kind === 'attribute' ? attributes : others).delete(name);
  return { ...all, attributes, ranges: others };
};

const numberIn = (value = ''): { number: number; unit: string } | undefined => {
  const [, number, unit = ''] = /^(\d+) (GB|TB|mm)$/.exec(value) ?? [];
  return number === undefined ? undefined : { number: Number(number), unit };
};
const isWithin = (value: string | undefined, some: readonly MeasureRange[]): boolean => {
  const found = numberIn(value);
  return some.some(
    ({ unit, min = 0, max = 999 }) => found?.unit === unit && found.number >= min && found.number <= max,
  );
};

const isChosen = (chosen: readonly string[] | undefined, values: readonly string[]): boolean =>
  chosen === undefined || values.some((value) => chosen.includes(value));

/** The variants by which a product is found. */
const matching = (
  { product, rating, available }: Listing,
  words: string,
  all: Filters,
): readonly Variant[] => {
  const { brand, category, tag, attributes, price, currency, inStock } = all;
  if (
    !product ||
    !words
      .split(' ')
      .filter(Boolean)
      .every((word) => product.name.split(' ').includes(word))
  )
    return [];
  if (!isChosen(brand, [product.brand]) || !isChosen(category, [product.category])) return [];
  if (!isChosen(tag, product.tags) || (all.rating !== undefined && (rating?.average ?? 0) < all.rating))
    return [];
  return product.variants.filter(
    (variant) =>
      [...(attributes ?? [])].every(([name, values]) => values.includes(variant.attributes[name] ?? '')) &&
      [...(all.ranges ?? [])].every(([name, some]) => isWithin(variant.attributes[name], some)) &&
      variant.price >= (price?.min ?? 0) &&
      variant.price <= (price?.max ?? 100) &&
      (currency === undefined || variant.currency === currency) &&
      (inStock !== true || available.has(variant.sku)),
  );
};

describe.each(INDEXES)('facets of the %s index', (name) => {
  const catalogue = fc.sample(products, { numRuns: 80, seed: 7 }).map(toListing);
  let shop: SearchRig;
  beforeAll(async () => {
    shop = await openSearch(name);
    await shop.put(...catalogue);
  });

  const counted = (
    words: string,
    all: Filters,
    facet: string,
    valuesOf: (listing: Listing, found: readonly Variant[]) => readonly string[],
  ) => {
    const counts: Record<string, number> = {};
    for (const listing of catalogue) {
      const found = matching(listing, words, without(all, facet));
      if (found.length === 0) continue;
      for (const value of new Set(valuesOf(listing, found))) counts[value] = (counts[value] ?? 0) + 1;
    }
    return counts;
  };
  const shown = (facets: Facets | undefined, facet: string): Record<string, number> => {
    const found = [...(facets?.products ?? []), ...(facets?.attributes ?? [])].find(
      (one) => one.name === facet,
    );
    return Object.fromEntries(found?.values.map(({ value, products: count }) => [value, count]) ?? []);
  };

  it('count what is found without their own filter, product by product', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WORDS, 'oak chair', ''), filters, async (words, all) => {
        const expected = (facet: string, valuesOf: Parameters<typeof counted>[3]) =>
          counted(words, all, facet, valuesOf);
        const { total, facets } = await shop.search(words, { filters: all });
        expect(total).toBe(catalogue.filter((listing) => matching(listing, words, all).length > 0).length);
        expect(shown(facets, 'brand')).toEqual(expected('brand', ({ product }) => [product?.brand ?? '']));
        expect(shown(facets, 'category')).toEqual(
          expected('category', ({ product }) => [product?.category ?? '']),
        );
        expect(shown(facets, 'tag')).toEqual(expected('tag', ({ product }) => product?.tags ?? []));
        for (const attribute of ['colour', 'size', 'storage', 'depth'])
          expect(shown(facets, attribute)).toEqual(
            expected(`attribute:${attribute}`, (_, found) =>
              found.map(({ attributes }) => attributes[attribute] ?? ''),
            ),
          );
        const prices = catalogue.flatMap((listing) =>
          matching(listing, words, without(all, 'price')).map(({ price }) => price),
        );
        expect(facets?.price).toEqual(
          prices.length === 0 ? undefined : { min: Math.min(...prices), max: Math.max(...prices) },
        );
        const inStock = expected('inStock', ({ available }, found) =>
          found.some(({ sku }) => available.has(sku)) ? ['yes'] : [],
        );
        expect(facets?.inStock).toBe(inStock['yes'] ?? 0);
        const rated = expected('rating', ({ rating }) =>
          [1, 2, 3, 4].filter((least) => (rating?.average ?? 0) >= least).map(String),
        );
        for (const { atLeast, products: count } of facets?.ratings ?? [])
          expect(count).toBe(rated[atLeast] ?? 0);
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('have the extremes of numbers without their own filter, where most values are numbers or a range is chosen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WORDS, ''), filters, async (words, all) => {
        const { facets } = await shop.search(words, { filters: all });
        for (const attribute of ['storage', 'depth']) {
          const counts = counted(words, all, `attribute:${attribute}`, (_, found) =>
            found.map(({ attributes }) => attributes[attribute] ?? ''),
          );
          const sum = (some: readonly [string, number][]) =>
            some.reduce((total, [, count]) => total + count, 0);
          const values = Object.entries(counts);
          const isShown =
            all.ranges?.has(attribute) === true ||
            2 * sum(values.filter(([value]) => numberIn(value))) >= sum(values);
          const numbers = catalogue.flatMap((listing) =>
            matching(listing, words, without(all, `range:${attribute}`)).flatMap(
              ({ attributes }) => numberIn(attributes[attribute]) ?? [],
            ),
          );
          const expected = ['GB', 'TB', 'mm'].flatMap((unit) => {
            const some = numbers.filter((found) => found.unit === unit).map(({ number }) => number);
            return some.length === 0
              ? []
              : [{ name: attribute, unit, min: Math.min(...some), max: Math.max(...some) }];
          });
          expect(facets?.ranges.filter((range) => range.name === attribute)).toEqual(isShown ? expected : []);
        }
      }),
      { numRuns: 100, seed: 13 },
    );
  });

  it('find exactly as many products as they say when a value is chosen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WORDS, ''), filters, async (words, all) => {
        const { facets } = await shop.search(words, { filters: all });
        for (const [brand, count] of Object.entries(shown(facets, 'brand'))) {
          const { total } = await shop.search(words, { filters: { ...all, brand: [brand] } });
          expect(total).toBe(count);
        }
        for (const [colour, count] of Object.entries(shown(facets, 'colour'))) {
          const attributes = new Map(all.attributes).set('colour', [colour]);
          const { total } = await shop.search(words, { filters: { ...all, attributes } });
          expect(total).toBe(count);
        }
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  it('name a variant that meets all filters', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (all) => {
        const { hits } = await shop.search(undefined, { filters: all, limit: 100 });
        for (const { productId, matched } of hits) {
          const listing = shop.listings.get(productId);
          expect(listing && meets(listing, all)).toContain(matched.sku);
        }
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});

/** SKUs of the variants that meet the filters, whatever the name. */
const meets = (listing: Listing, all: Filters): readonly string[] => {
  const [word = ''] = listing.product?.name.split(' ') ?? [];
  return matching(listing, word, all).map(({ sku }) => sku);
};

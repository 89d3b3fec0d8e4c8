import { beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { toIndexChange } from '../core/domain/document.ts';
import type { Listing } from '../core/domain/listing.ts';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

describe.each(INDEXES)('a change in the %s index', (name) => {
  let shop: SearchRig;
  beforeEach(async () => {
    shop = await openSearch(name);
  });

  it.each<[string, (listing: Listing) => Partial<Listing>, object]>([
    [
      'price',
      ({ product }) => ({
        product: product && {
          ...product,
          variants: product.variants.map((variant) => ({ ...variant, price: 5 })),
        },
      }),
      { price: { max: 6 } },
    ],
    [
      'stock',
      ({ product }) => ({ available: new Set(product?.variants.map(({ sku }) => sku)) }),
      { inStock: true },
    ],
    ['rating', () => ({ rating: { average: 4.5, count: 2 } }), { rating: 4 }],
    [
      'brand',
      ({ product }) => ({ product: product && { ...product, brand: 'Other' } }),
      { brand: ['Other'] },
    ],
  ])('of the %s is found', async (_, change, filters) => {
    const lamp = aListing({ name: 'Lamp' }, { available: new Set() });
    await shop.put(lamp);
    expect(await shop.namesFor('lamp', { filters })).toEqual([]);
    await shop.put({ ...lamp, revision: 2, ...change(lamp) });
    expect(await shop.namesFor('lamp', { filters })).toEqual(['Lamp']);
  });

  it('of the name hides the old one', async () => {
    const lamp = aListing({ name: 'Lamp' });
    await shop.put(lamp);
    await shop.put({ ...lamp, revision: 2, product: lamp.product && { ...lamp.product, name: 'Light' } });
    expect(await shop.namesFor('lamp')).toEqual([]);
    expect(await shop.namesFor('light')).toEqual(['Light']);
  });

  it('that removes a variant takes its stock and price away', async () => {
    const [cheap, dear] = [aVariant({ price: 1 }), aVariant({ price: 9 })];
    const lamp = aListing({ name: 'Lamp', variants: [cheap, dear] }, { available: new Set([cheap.sku]) });
    await shop.put(lamp);
    await shop.put({ ...lamp, revision: 2, product: lamp.product && { ...lamp.product, variants: [dear] } });
    const { facets, total } = await shop.search('lamp', { filters: { inStock: true } });
    expect(total).toBe(0);
    expect(facets).toMatchObject({ inStock: 0 });
    expect((await shop.search('lamp')).facets?.price).toEqual({ min: 9, max: 9 });
  });

  it('that removes a product hides it at once, even before it is indexed', async () => {
    const lamp = aListing({ name: 'Lamp' });
    await shop.put(lamp);
    shop.forget(lamp.productId);
    expect(await shop.namesFor('lamp')).toEqual([]);
    expect((await shop.suggest('lam')).products).toEqual([]);
  });

  it('that removes a product cannot be undone by an earlier one', async () => {
    const lamp = aListing({ name: 'Lamp' });
    await shop.put(lamp);
    await shop.put({ ...lamp, revision: 3, product: undefined });
    await shop.put({ ...lamp, revision: 2 });
    expect(await shop.namesFor('lamp')).toEqual([]);
  });

  it('may be repeated and late: the last revision of each product counts', async () => {
    const ids = ['a', 'b', 'c'].map((letter) => aListing({ name: letter }).productId);
    const change = fc.record({
      productId: fc.constantFrom(...ids),
      revision: fc.integer({ min: 1, max: 6 }),
    });
    // A revision always has the same contents: its number in the name, and every third removes the product.
    const listingOf = ({ productId, revision }: { productId: string; revision: number }): Listing =>
      aListing(
        { name: `Lamp ${revision}` },
        { productId, revision, ...(revision % 3 === 0 ? { product: undefined } : {}) },
      );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
        const shuffled = await openSearch(name);
        for (const one of changes) await shuffled.put(listingOf(one));
        const newest = new Map<string, number>();
        for (const { productId, revision } of changes)
          newest.set(productId, Math.max(revision, newest.get(productId) ?? 0));
        const expected = [...newest.values()]
          .filter((revision) => revision % 3 !== 0)
          .map((revision) => `Lamp ${revision}`);
        expect((await shuffled.search('lamp')).total).toBe(expected.length);
        // Results show stored listings: that of the last arrival, if it is not put right. The index has these revisions.
        for (const [productId, revision] of newest) await shuffled.put(listingOf({ productId, revision }));
        expect((await shuffled.namesFor('lamp')).toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('during a rebuild is in the new index, and searches find something all the time', async () => {
    const lamps = Array.from({ length: 30 }, () => aListing({ name: 'Lamp' }));
    await shop.put(...lamps);
    const [changed, removed] = lamps;
    if (!changed || !removed) throw new Error('no lamps');
    const totals: number[] = [];
    await shop.index.rebuild(
      (async function* () {
        for (const lamp of lamps) {
          yield [toIndexChange(lamp)];
          totals.push((await shop.search('lamp')).total);
          if (lamp === lamps[10]) {
            await shop.put({
              ...changed,
              revision: 2,
              product: changed.product && { ...changed.product, brand: 'New' },
            });
            await shop.put({ ...removed, revision: 2, product: undefined });
          }
        }
      })(),
    );
    expect(Math.min(...totals)).toBe(29);
    expect((await shop.search('lamp')).total).toBe(29);
    expect((await shop.search('lamp', { filters: { brand: ['New'] } })).total).toBe(1);
  });

  it('during a failed rebuild is in the old index', async () => {
    const lamp = aListing({ name: 'Lamp' });
    await shop.put(lamp);
    // oxlint-disable-next-line require-yield -- it breaks at once
    const broken = (async function* (): AsyncGenerator<never> {
      throw new Error('the store is gone');
    })();
    await expect(shop.index.rebuild(broken)).rejects.toThrow('the store is gone');
    await shop.put(aListing({ name: 'Lamp' }));
    expect((await shop.search('lamp')).total).toBe(2);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { SearchPosition, SearchRequest } from '../core/application/search-products.ts';
import type { Sort } from '../core/domain/filters.ts';
import { aListing, aVariant } from './search.mother.ts';
import { INDEXES, openSearch, type SearchRig } from './search.rig.ts';

const SORTS: readonly Sort[] = ['relevance', 'price_asc', 'price_desc', 'newest', 'rating', 'best_selling'];

describe.each(INDEXES)('pages of the %s index', (name) => {
  let shop: SearchRig;
  const catalogue = Array.from({ length: 95 }, (_, index) =>
    aListing(
      {
        name: index % 3 === 0 ? 'Oak Lamp' : `Lamp ${index}`,
        variants: [aVariant({ price: index % 7 }), aVariant({ price: 10 + (index % 5) })],
        createdAt: `2026-01-0${1 + (index % 9)}T00:00:00.000Z`,
      },
      { sold: index % 11, rating: { average: 1 + (index % 4), count: 2 } },
    ),
  );

  beforeEach(async () => {
    shop = await openSearch(name);
    await shop.put(...catalogue);
  });

  /** Walks all pages. */
  const walk = async (
    request: Partial<SearchRequest>,
    between: () => Promise<void> = () => Promise.resolve(),
  ): Promise<{ readonly pages: readonly (readonly string[])[]; readonly total: number }> => {
    const pages: string[][] = [];
    let after: SearchPosition | undefined;
    for (;;) {
      const { hits, next, total } = await shop.search('lamp', { limit: 10, ...request, after });
      pages.push(hits.map(({ productId }) => productId));
      if (!next) return { pages, total };
      after = next;
      await between();
    }
  };

  it.each(SORTS)('are full but for the last, and have each product once: by %s', async (sort) => {
    const { pages, total } = await walk({ sort });
    expect(total).toBe(95);
    expect(pages.slice(0, -1).every((page) => page.length === 10)).toBe(true);
    expect(new Set(pages.flat()).size).toBe(95);
    expect(pages.flat()).toHaveLength(95);
  });

  it.each(SORTS)('repeat nothing while other products come, change and go: by %s', async (sort) => {
    const walked = new Set(catalogue.map(({ productId }) => productId));
    let turn = 0;
    const others = catalogue.slice(0, 20);
    const { pages } = await walk({ sort }, async () => {
      turn += 1;
      const other = others[turn];
      if (other) {
        walked.delete(other.productId);
        await shop.put(aListing({ name: 'New Lamp' }), { ...other, revision: 2, product: undefined });
      }
    });
    const found = pages.flat();
    expect(new Set(found).size).toBe(found.length);
    for (const productId of walked) expect(found).toContain(productId);
  });

  it('are sorted by the price of the variants that meet the filters', async () => {
    const { hits } = await shop.search('lamp', {
      filters: { price: { min: 8 } },
      sort: 'price_asc',
      limit: 100,
    });
    const prices = hits.map(({ matched }) => matched.price);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(Math.min(...prices)).toBe(10);
  });

  it.each([['newest', ({ createdAt }: { createdAt: string }) => createdAt]] as const)(
    'are sorted by %s',
    async (sort, valueOf) => {
      const { hits } = await shop.search('lamp', { sort, limit: 100 });
      const values = hits.map(({ product }) => valueOf(product));
      expect(values).toEqual(values.toSorted().toReversed());
    },
  );
});

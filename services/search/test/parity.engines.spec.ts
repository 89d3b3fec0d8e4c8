import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { embeddedIndex } from '../adapters/embedded/embedded-index.ts';
import { toIndexChange } from '../core/domain/document.ts';
import type { Filters, Sort } from '../core/domain/filters.ts';
import type { Listing } from '../core/domain/listing.ts';
import type { IndexPage, IndexRequest, ProductIndex } from '../core/ports/product-index.ts';
import { levelsOf, planOf, readWith, termsIn, understand } from '../core/query/understand.ts';
import { makeSynonyms } from '../core/query/synonyms.ts';
import { openOpenSearch, type OpenSearchRig } from './opensearch.rig.ts';
import { aListing, aVariant } from './search.mother.ts';

const Line = z.object({
  name: z.string(),
  description: z.string(),
  category: z.string(),
  subcategory: z.string(),
  brand: z.string(),
  tags: z.array(z.string()).default([]),
  specifications: z.record(z.string(), z.string()).default({}),
  variants: z.array(
    z.object({
      sku: z.string(),
      price: z.number(),
      currency: z.string(),
      attributes: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** The sample catalogue, in all states of stock, rating and sales. */
const sampleListings = (): Listing[] =>
  readFileSync(new URL('../../../samples/catalogue.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, index) => {
      const { variants, ...product } = Line.parse(JSON.parse(line));
      const made = variants.map((variant) => aVariant(variant));
      return aListing(
        { ...product, variants: made },
        {
          available: new Set(made.filter((_, place) => (index + place) % 3 > 0).map(({ sku }) => sku)),
          sold: (index * 7) % 400,
          rating: index % 4 === 0 ? undefined : { average: 2 + (index % 30) / 10, count: index % 90 },
        },
      );
    });

const SYNONYMS = makeSynonyms([
  ['laptop', 'notebook', 'macbook'],
  ['water bottle', 'drinking flask'],
]);

const QUERIES = [
  'lamp',
  'oak table',
  'blue wool scarf',
  'headphnes',
  'wireles speker',
  'notebook 16 gb',
  'laptop',
  'phone',
  'drinking flask',
  't-shirt',
  'coffee mug set of 2',
  'kichen nife blok',
  '2',
  'NVR-AER14',
  'aer14 silver',
];

const RANGES = new Map([
  [
    'storage',
    [
      { unit: 'GB', min: 256 },
      { unit: 'TB', min: 1 },
    ],
  ],
]);
const FILTERS: readonly Filters[] = [
  {},
  { inStock: true, price: { max: 80 } },
  { rating: 3.5 },
  { ranges: RANGES, inStock: true },
];
const SORTS: readonly Sort[] = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating', 'best_selling'];

describe('the index on OpenSearch', () => {
  let rig: OpenSearchRig;
  const embedded = embeddedIndex();

  beforeAll(async () => {
    rig = openOpenSearch();
    const changes = sampleListings().map(toIndexChange);
    await embedded.apply(changes);
    await rig.index.apply(changes);
    await rig.refresh();
  });

  const requestsFor = async (query: string, index: ProductIndex): Promise<readonly IndexRequest[]> => {
    const understood = understand(query, SYNONYMS);
    const reading = readWith(understood, await index.frequencies(termsIn(understood)));
    return levelsOf(understood, 'price_asc').flatMap((level) =>
      FILTERS.flatMap((filters) =>
        SORTS.map((sort): IndexRequest => ({
          plan: planOf(understood, reading, level, []),
          filters,
          sort,
          limit: 200,
          facets: sort === 'newest' ? ['brand', 'category'] : 'all',
        })),
      ),
    );
  };

  /** Scores of 1,000 and more have more digits than OpenSearch keeps. */
  const exactEnough = (page: IndexPage): IndexPage => ({
    ...page,
    hits: page.hits.map(({ value, productId }) => ({ value: Number(value.toPrecision(6)), productId })),
  });

  it.each(QUERIES)('finds, scores, sorts and counts as the embedded one does: %s', async (query) => {
    const requests = await requestsFor(query, embedded);
    expect(await requestsFor(query, rig.index)).toEqual(requests);
    let found = 0;
    for (const request of requests) {
      const expected = await embedded.search(request);
      found += expected.total;
      expect(exactEnough(await rig.index.search(request))).toEqual(exactEnough(expected));
    }
    expect(found).toBeGreaterThan(0);
    const plans = [query, `${query} zzz`].map((text) =>
      planOf(understand(text, SYNONYMS), { weights: [], unknown: [] }, 'all', []),
    );
    expect(await rig.index.findsAny(plans)).toEqual(await embedded.findsAny(plans));
  });
});

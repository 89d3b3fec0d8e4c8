import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { makeSearchProducts } from '../core/application/search-products.ts';
import { toIndexChange } from '../core/domain/document.ts';
import type { Listing, Product } from '../core/domain/listing.ts';
import type { ProductIndex } from '../core/ports/product-index.ts';
import { makeSynonyms } from '../core/query/synonyms.ts';
import { DEPTH } from './metrics.ts';

/** What is measured: returns the names of the first products for a query, the best first. */
export type Engine = (query: string) => Promise<readonly string[]>;

const SAMPLES = new URL('../../../samples/', import.meta.url);
const CREATED_AT = '2026-01-01T00:00:00Z';

const sampleProduct = z.object({
  name: z.string(),
  description: z.string(),
  category: z.string(),
  subcategory: z.string(),
  tags: z.array(z.string()),
  brand: z.string(),
  specifications: z.record(z.string(), z.string()),
  variants: z.array(
    z.object({
      sku: z.string(),
      attributes: z.record(z.string(), z.string()),
      price: z.number(),
      currency: z.string(),
      images: z.array(z.string()),
      initial_stock: z.int(),
    }),
  ),
});

type SampleProduct = z.infer<typeof sampleProduct>;

const read = (file: string): string => readFileSync(new URL(file, SAMPLES), 'utf8');

const toListing = ({ variants, ...product }: SampleProduct, index: number): Listing => ({
  productId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  revision: 1,
  available: new Set(variants.filter((variant) => variant.initial_stock > 0).map(({ sku }) => sku)),
  sold: 0,
  product: {
    ...product,
    createdAt: CREATED_AT,
    variants: variants.map((variant) => ({ ...variant, variantId: variant.sku })),
  },
});

/** The sample catalogue as the search service lists it: no reviews and no sales yet. */
export const sampleListings = (): Listing[] =>
  read('catalogue.jsonl')
    .trimEnd()
    .split('\n')
    .map((text, index) => toListing(sampleProduct.parse(JSON.parse(text)), index));

export const sampleProducts = (): Product[] => sampleListings().flatMap(({ product }) => product ?? []);

const synonymGroups = z.array(z.array(z.string()).min(2));

/** Synonyms that suit the sample catalogue. */
export const sampleSynonyms = () => synonymGroups.parse(JSON.parse(read('synonyms.json')));

/** The search service's own search over an index, which gets the sample catalogue; `refresh` makes searches see it. */
export const openSampleShop = async (
  index: ProductIndex,
  refresh: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Engine> => {
  const listings = sampleListings();
  await index.apply(listings.map(toIndexChange));
  await refresh();
  const byId = new Map(listings.map((listing) => [listing.productId, listing]));
  const synonyms = makeSynonyms(sampleSynonyms());
  const search = makeSearchProducts(
    index,
    { find: (ids) => Promise.resolve(ids.flatMap((id) => byId.get(id) ?? [])) },
    { current: () => Promise.resolve({ synonyms, redirectOf: () => undefined, pinsOf: () => [] }) },
  );
  return async (query) => {
    const { hits } = await search({
      query,
      filters: {},
      sort: 'relevance',
      limit: DEPTH,
      withFacets: false,
    });
    return hits.map(({ product }) => product.name);
  };
};

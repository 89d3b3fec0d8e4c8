import type { FacetValue, ProductFacet } from '../domain/filters.ts';
import { stemsOf, termsOf } from '../analysis/terms.ts';
import { normalise } from '../analysis/normalise.ts';
import { STRONG_FIELDS } from '../domain/document.ts';
import { completes, completionKey } from '../domain/popular-query.ts';
import type { ListingQueries } from '../ports/listing-queries.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import { planOf, understand } from '../query/understand.ts';
import type { Plan, Slot } from '../query/plan.ts';
import type { PopularQueries } from './popular-queries.ts';
import type { Rules } from './rules.ts';

export interface Suggestions {
  /** What others have asked. */
  readonly queries: readonly string[];
  readonly products: readonly {
    readonly productId: string;
    readonly name: string;
    readonly image?: string | undefined;
  }[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
}

const NOTHING: Suggestions = { queries: [], products: [], categories: [], brands: [] };
/** Suggestions of each kind. */
const MOST = 5;
/** Facets whose values are suggested. */
const SUGGESTED: readonly ProductFacet[] = ['category', 'subcategory', 'brand'];
/** Popular queries that the index is asked about: some may no longer find anything. */
const MOST_CANDIDATES = 8;

/**
 * Suggests what the text may become, whose last word is unfinished. Everything suggested leads somewhere: a product's name
 * finds it by the exact name, categories and brands come from products that are on sale, and the index is asked about each
 * popular query.
 */
export const makeSuggest =
  (index: ProductIndex, listings: ListingQueries, rules: Rules, popular: PopularQueries) =>
  async (text: string): Promise<Suggestions> => {
    const { synonyms } = await rules.current();
    const understood = understand(text, synonyms);
    if (understood.ideas.length === 0) return NOTHING;
    const slots = understood.ideas.map(({ ways }, place): Slot => ({
      weight: 1,
      alternatives: ways.map(({ terms, weight }) => ({
        terms,
        weight,
        edits: 0,
        isPrefix: place === understood.ideas.length - 1 && terms.length === 1,
      })),
    }));
    const plan: Plan = {
      slots,
      required: slots.length,
      fields: STRONG_FIELDS,
      skuPart: understood.skuKey,
      nameKey: understood.nameKey,
      kinds: understood.kinds,
      pinned: [],
    };
    /** Candidates of which products have all words as they are. */
    const queriesLike = async (): Promise<string[]> => {
      const typed = completionKey(text);
      const candidates = (await popular.current())
        .filter(({ key }) => completes(key, typed))
        .slice(0, MOST_CANDIDATES);
      if (candidates.length === 0) return [];
      const plans = candidates.map(({ query }) =>
        planOf(understand(query, synonyms), { weights: [], unknown: [] }, 'all', []),
      );
      const found = await index.findsAny(plans);
      return candidates.flatMap(({ query }, at) => (found[at] === true ? [query] : [])).slice(0, MOST);
    };
    const [page, queries] = await Promise.all([
      index.search({ plan, filters: {}, sort: 'relevance', limit: MOST, facets: SUGGESTED }),
      queriesLike(),
    ]);
    const found = new Map(
      (await listings.find(page.hits.map(({ productId }) => productId))).map((listing) => [
        listing.productId,
        listing,
      ]),
    );
    const valuesOf = (...names: readonly string[]): FacetValue[] =>
      page.facets?.products.flatMap(({ name, values }) => (names.includes(name) ? values : [])) ?? [];
    return {
      queries,
      products: page.hits.flatMap(({ productId }) => {
        const product = found.get(productId)?.product;
        return product ? [{ productId, name: product.name, image: product.variants[0]?.images[0] }] : [];
      }),
      categories: beginning(valuesOf('subcategory', 'category'), text),
      brands: beginning(valuesOf('brand'), text),
    };
  };

/** Values that have each word of the text, the last as the beginning of a word; each spelling once. */
const beginning = (values: readonly FacetValue[], text: string): string[] => {
  const words = stemsOf(text);
  const unfinished = normalise(text).split(/\s+/).at(-1) ?? '';
  const found = new Map<string, string>();
  for (const { value } of values) {
    const terms = termsOf(value);
    const isMeant = words.every((word) => terms.some((term) => term === word || term.startsWith(unfinished)));
    const key = terms.join(' ');
    if (isMeant && !found.has(key)) found.set(key, value);
  }
  return [...found.values()].slice(0, MOST);
};

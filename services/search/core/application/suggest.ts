import type { FacetValue } from '../domain/filters.ts';
import { stemsOf, termsOf } from '../analysis/terms.ts';
import { normalise } from '../analysis/normalise.ts';
import { STRONG_FIELDS } from '../domain/document.ts';
import type { ListingQueries } from '../ports/listing-queries.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import { understand } from '../query/understand.ts';
import type { Plan, Slot } from '../query/plan.ts';
import type { Rules } from './rules.ts';

export interface Suggestions {
  readonly products: readonly {
    readonly productId: string;
    readonly name: string;
    readonly image?: string | undefined;
  }[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
}

const NOTHING: Suggestions = { products: [], categories: [], brands: [] };
/** Suggestions of each kind. */
const MOST = 5;

/**
 * Suggests what the text may become, whose last word is unfinished. Everything suggested leads somewhere: a product's name
 * finds it by the exact name, and categories and brands come from products that are on sale.
 */
export const makeSuggest =
  (index: ProductIndex, listings: ListingQueries, rules: Rules) =>
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
    const page = await index.search({ plan, filters: {}, sort: 'relevance', limit: MOST, withFacets: true });
    const found = new Map(
      (await listings.find(page.hits.map(({ productId }) => productId))).map((listing) => [
        listing.productId,
        listing,
      ]),
    );
    const valuesOf = (...names: readonly string[]): FacetValue[] =>
      page.facets?.products.flatMap(({ name, values }) => (names.includes(name) ? values : [])) ?? [];
    return {
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

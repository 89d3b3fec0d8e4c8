import type { components, operations } from '#openapi/generated/search.ts';
import type { Hit, SearchResult } from '../../core/application/search-products.ts';
import type { Suggestions } from '../../core/application/suggest.ts';
import type { Facets, Filters } from '../../core/domain/filters.ts';
import { readRange, type MeasureRange } from '../../core/domain/measure.ts';
import type { Rule, RuleContent } from '../../core/domain/rule.ts';
import { encodePosition } from './cursor.ts';

type Schemas = components['schemas'];
type Query = NonNullable<operations['searchProducts']['parameters']['query']>;

export const toFilters = (query: Query): Filters => ({
  categoryIds: query.category_id,
  category: query.category,
  subcategory: query.subcategory,
  brand: query.brand,
  tag: query.tag,
  rating: query.rating,
  attributes: toAttributes(query.attribute ?? []),
  ranges: toRanges(query.attribute_range ?? []),
  price: { min: query.min_price, max: query.max_price },
  currency: query.currency,
  inStock: query.in_stock,
});

/** `name:value` pairs; a value may have colons. */
const toAttributes = (pairs: readonly string[]): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const name = pair.slice(0, colon);
    found.set(name, [...(found.get(name) ?? []), pair.slice(colon + 1)]);
  }
  return found;
};

const toRanges = (pairs: readonly string[]): ReadonlyMap<string, readonly MeasureRange[]> =>
  new Map([...toAttributes(pairs)].map(([name, ranges]) => [name, ranges.map(toRange)]));

const toRange = (text: string): MeasureRange => {
  const range = readRange(text);
  if (!range) throw new Error(`not a range: ${text}`); // the OpenAPI file has its pattern
  return range;
};

export const fromResult = ({
  hits,
  total,
  match,
  redirect,
  facets,
  next,
}: SearchResult): Schemas['SearchPage'] => ({
  items: hits.map(fromHit),
  total,
  match,
  ...(redirect === undefined ? {} : { redirect }),
  ...(facets ? { facets: fromFacets(facets) } : {}),
  ...(next ? { next_cursor: encodePosition(next) } : {}),
});

const fromHit = ({ productId, product, rating, available, matched }: Hit): Schemas['Hit'] => {
  const prices = product.variants.map(({ price }) => price);
  const isInStock = product.variants.some(({ sku }) => available.has(sku));
  const [image] = matched.images;
  return {
    product_id: productId,
    name: product.name,
    category: product.category,
    subcategory: product.subcategory,
    brand: product.brand,
    tags: [...product.tags],
    ...(image === undefined ? {} : { image }),
    price_from: Math.min(...prices),
    price_to: Math.max(...prices),
    currency: matched.currency,
    in_stock: isInStock,
    variant_count: product.variants.length,
    ...(rating && rating.count > 0 ? { rating: { average: rating.average, count: rating.count } } : {}),
    matched_variant: {
      variant_id: matched.variantId,
      sku: matched.sku,
      attributes: matched.attributes,
      price: matched.price,
      currency: matched.currency,
      in_stock: available.has(matched.sku),
      ...(image === undefined ? {} : { image }),
    },
  };
};

const fromFacets = ({ products, attributes, ranges, price, ratings, inStock }: Facets): Schemas['Facets'] => {
  const valuesOf = (name: Facets['products'][number]['name']): Schemas['FacetValue'][] => [
    ...(products.find((facet) => facet.name === name)?.values ?? []),
  ];
  return {
    categories: valuesOf('category'),
    subcategories: valuesOf('subcategory'),
    brands: valuesOf('brand'),
    tags: valuesOf('tag'),
    attributes: attributes.map(({ name, values }) => ({ name, values: [...values] })),
    ranges: ranges.map(({ name, unit, min, max }) => ({
      name,
      ...(unit === '' ? {} : { unit }),
      min,
      max,
    })),
    ...(price ? { price } : {}),
    ratings: ratings.map(({ atLeast, products: count }) => ({ at_least: atLeast, products: count })),
    in_stock: inStock,
  };
};

export const fromSuggestions = ({
  queries,
  products,
  categories,
  brands,
}: Suggestions): Schemas['Suggestions'] => ({
  queries: [...queries],
  products: products.map(({ productId, name, image }) => ({
    product_id: productId,
    name,
    ...(image === undefined ? {} : { image }),
  })),
  categories: [...categories],
  brands: [...brands],
});

export const toContent = (input: Schemas['RuleInput']): RuleContent =>
  input.kind === 'pins' ? { kind: 'pins', query: input.query, productIds: input.product_ids } : input;

export const fromRule = ({ ruleId, version, content, updatedAt }: Rule): Schemas['Rule'] => ({
  rule_id: ruleId,
  version,
  content: fromContent(content),
  updated_at: updatedAt.toISOString(),
});

const fromContent = (content: RuleContent): Schemas['RuleInput'] => {
  if (content.kind === 'pins')
    return { kind: 'pins', query: content.query, product_ids: [...content.productIds] };
  return content.kind === 'synonyms' ? { kind: 'synonyms', words: [...content.words] } : content;
};

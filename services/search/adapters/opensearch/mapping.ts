import type { DocumentVariant, Field, IndexChange } from '../../core/domain/document.ts';
import { attributeKey, splitAttributeKey } from '../../core/domain/filters.ts';
import { readMeasure } from '../../core/domain/measure.ts';

/**
 * Raise it with every change of the mapping, of `sourceOf`, or of what the core puts into documents: each service then builds the
 * index again when it starts.
 */
export const FORMAT = 4;

const keyword = { type: 'keyword' } as const;
/** Only matched, neither counted nor sorted by. */
const key = { type: 'keyword', doc_values: false } as const;
const boolean = { type: 'boolean' } as const;
const double = { type: 'double' } as const;
const long = { type: 'long' } as const;
/** Terms with spaces between: the core has analysed them. */
const terms = { type: 'text', analyzer: 'whitespace', index_options: 'docs', norms: false } as const;

/** No `ignore_above`: the catalog bounds all values, and a longer one should be refused rather than lost. */
export const MAPPING = {
  dynamic: 'strict',
  properties: {
    live: boolean,
    id: keyword,
    terms: {
      properties: {
        name: terms,
        brand: terms,
        category: terms,
        attributes: terms,
        description: terms,
      } satisfies Record<Field, unknown>,
    },
    name_key: key,
    kinds: key,
    skus: key,
    sku_parts: key,
    category_ids: key,
    category: keyword,
    subcategory: keyword,
    brand: keyword,
    tags: keyword,
    rating: double,
    sold: long,
    created_at: long,
    boost: double,
    // Of all variants: what facets count while no variant is filtered out.
    attributes: keyword,
    prices: double,
    in_stock: boolean,
    numbers: { type: 'nested', properties: { key: keyword, min: double, max: double } },
    variants: {
      type: 'nested',
      properties: {
        price: double,
        currency: keyword,
        in_stock: boolean,
        attributes: keyword,
        numbers: { type: 'nested', properties: { key: keyword, number: double } },
      },
    },
  },
} as const;

/** A removed product stays as a hidden document: OpenSearch forgets deletions, and would accept a late earlier revision. */
export const sourceOf = ({ productId, document }: IndexChange): object => {
  if (!document) return { live: false };
  const { terms, nameKey, kinds, skus, skuParts, categoryIds, subcategory, createdAt, variants, ...same } =
    document;
  return {
    live: true,
    id: productId,
    terms: Object.fromEntries(Object.entries(terms).map(([field, words]) => [field, words.join(' ')])),
    name_key: nameKey,
    kinds,
    skus,
    sku_parts: skuParts,
    category_ids: categoryIds,
    ...(subcategory === '' ? {} : { subcategory }),
    created_at: createdAt,
    attributes: [...new Set(variants.flatMap(({ attributes }) => attributes))],
    prices: extremesOf(variants.map(({ price }) => price)),
    in_stock: variants.some(({ inStock }) => inStock),
    numbers: [
      ...Map.groupBy(
        variants.flatMap(({ attributes }) => attributes.flatMap(numbersOf)),
        (found) => found.key,
      ),
    ].map(([key, found]) => {
      const [min, max] = extremesOf(found.map(({ number }) => number));
      return { key, min, max };
    }),
    variants: variants.map(toVariant),
    ...same,
  };
};

/** The lowest and the highest. */
const extremesOf = (numbers: readonly number[]): number[] =>
  numbers.length === 0 ? [] : [Math.min(...numbers), Math.max(...numbers)];

const toVariant = ({ price, currency, inStock, attributes }: DocumentVariant): object => ({
  price,
  currency,
  in_stock: inStock,
  attributes,
  numbers: attributes.flatMap(numbersOf),
});

/** An attribute's number, under the key of its name and unit. */
const numbersOf = (attribute: string): { readonly key: string; readonly number: number }[] => {
  const [name, value] = splitAttributeKey(attribute);
  const measure = readMeasure(value);
  return measure ? [{ key: attributeKey(name, measure.unit), number: measure.number }] : [];
};

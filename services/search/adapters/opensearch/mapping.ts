import {
  FIELDS,
  type Document,
  type DocumentVariant,
  type Field,
  type IndexChange,
} from '../../core/domain/document.ts';
import { attributeKey, splitAttributeKey } from '../../core/domain/filters.ts';
import { readMeasure } from '../../core/domain/measure.ts';

/**
 * Raise it with every change of the mapping, of `sourceOf`, or of what the core puts into documents: each service then builds the
 * index again when it starts.
 */
export const FORMAT = 5;

const keyword = { type: 'keyword' } as const;
/** Only matched, neither counted nor sorted by. */
const key = { type: 'keyword', doc_values: false } as const;
const boolean = { type: 'boolean' } as const;
const double = { type: 'double' } as const;
const long = { type: 'long' } as const;
/** Terms with spaces between: the core has analysed them. */
const terms = { type: 'text', analyzer: 'whitespace', index_options: 'docs', norms: false } as const;

/** Where the terms of each field are; those of the same weight together, as each place is one more to look for a word. */
const PLACES = {
  name: 'name',
  brand: 'kind',
  category: 'kind',
  attributes: 'attributes',
  description: 'description',
} as const satisfies Record<Field, string>;
type Place = (typeof PLACES)[Field];

export const pathOf = (field: Field): string => `terms.${PLACES[field]}`;

/** What the variants of a product have: facets that need not tell them apart count this, at a fraction of the time. */
const summary = {
  properties: {
    attributes: keyword,
    prices: double,
    numbers: { type: 'nested', properties: { key: keyword, min: double, max: double } },
  },
} as const;

/** No `ignore_above`: the catalog bounds all values, and a longer one should be refused rather than lost. */
export const MAPPING = {
  dynamic: 'strict',
  properties: {
    live: boolean,
    id: keyword,
    terms: {
      properties: {
        name: terms,
        kind: terms,
        attributes: terms,
        description: terms,
      } satisfies Record<Place, unknown>,
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
    in_stock: boolean,
    summary: { properties: { all: summary, in_stock: summary } },
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
    terms: placed(terms),
    name_key: nameKey,
    kinds,
    skus,
    sku_parts: skuParts,
    category_ids: categoryIds,
    ...(subcategory === '' ? {} : { subcategory }),
    created_at: createdAt,
    in_stock: variants.some(({ inStock }) => inStock),
    summary: { all: summaryOf(variants), in_stock: summaryOf(variants.filter(({ inStock }) => inStock)) },
    variants: variants.map(toVariant),
    ...same,
  };
};

/** Terms by place, each only in the best that has it: no other counts. */
const placed = (terms: Document['terms']): Partial<Record<Place, string>> => {
  const seen = new Set<string>();
  const found: Partial<Record<Place, string>> = {};
  for (const field of FIELDS) {
    const place = PLACES[field];
    const fresh = terms[field].filter((term) => !seen.has(term));
    for (const term of fresh) seen.add(term);
    found[place] = [found[place] ?? '', ...fresh].join(' ');
  }
  return found;
};

const summaryOf = (variants: readonly DocumentVariant[]): object => {
  const attributes = [...new Set(variants.flatMap((variant) => variant.attributes))];
  const numbers = Map.groupBy(attributes.flatMap(numbersOf), ({ key }) => key);
  return {
    attributes,
    prices: extremesOf(variants.map(({ price }) => price)),
    numbers: [...numbers].map(([key, found]) => {
      const [min, max] = extremesOf(found.map(({ number }) => number));
      return { key, min, max };
    }),
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
const numbersOf = (attribute: string): { key: string; number: number }[] => {
  const [name, value] = splitAttributeKey(attribute);
  const measure = readMeasure(value);
  return measure ? [{ key: attributeKey(name, measure.unit), number: measure.number }] : [];
};

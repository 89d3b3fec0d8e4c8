import { stemsOf } from '../core/analysis/terms.ts';
import type { Product } from '../core/domain/listing.ts';
import { DEPTH } from './metrics.ts';
import type { Engine } from './sample-shop.ts';

/** The fields of the query that most shops start with, and how often a word in them counts. */
const FIELDS: readonly (readonly [weight: number, textOf: (product: Product) => string])[] = [
  [3, ({ name }) => name],
  [2, ({ brand }) => brand],
  [2, ({ category, subcategory }) => `${category} ${subcategory}`],
  [1, ({ tags }) => tags.join(' ')],
  [1, ({ description }) => description],
];
const K1 = 1.2;
const B = 0.75;

const countsOf = (words: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

/** Scores of one field by word: for each product, its BM25. */
const scoresOf = (texts: readonly string[]): ReadonlyMap<string, ReadonlyMap<number, number>> => {
  const fields = texts.map(stemsOf);
  const average = fields.reduce((sum, { length }) => sum + length, 0) / fields.length;
  const found = new Map<string, Map<number, number>>();
  for (const [product, words] of fields.entries()) {
    for (const [word, count] of countsOf(words)) {
      const products = found.get(word) ?? new Map<number, number>();
      products.set(product, (count * (K1 + 1)) / (count + K1 * (1 - B + (B * words.length) / average)));
      found.set(word, products);
    }
  }
  for (const products of found.values()) {
    const rarity = Math.log(1 + (fields.length - products.size + 0.5) / (products.size + 0.5));
    for (const [product, frequency] of products) products.set(product, rarity * frequency);
  }
  return found;
};

/**
 * What a shop gets from a text engine without further work: any word of the query, each field scored by BM25, the scores
 * added up. Words in the singular, as in the search service; no synonyms, no typing errors, and no specifications or
 * variants.
 */
export const openBaseline = (products: readonly Product[]): Engine => {
  const fields = FIELDS.map(([weight, textOf]) => [weight, scoresOf(products.map(textOf))] as const);
  return (query) => {
    const scores = new Map<number, number>();
    for (const word of new Set(stemsOf(query)))
      for (const [weight, words] of fields)
        for (const [product, score] of words.get(word) ?? [])
          scores.set(product, (scores.get(product) ?? 0) + weight * score);
    return Promise.resolve(
      [...scores]
        .toSorted(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
        .slice(0, DEPTH)
        .flatMap(([product]) => products[product]?.name ?? []),
    );
  };
};

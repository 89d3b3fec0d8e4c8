import type { Product } from './product.ts';

/** What a product lacks to be sold well. */
export type Missing = 'image' | 'price' | 'category';

/** Letters of a word that are compared; a SKU has no more. */
const LONGEST = 40;
/** Words of a query that must all be found. */
const MOST_WORDS = 10;

export const missingIn = ({ variants, categoryIds }: Product): Missing[] => [
  ...(variants.every(({ pictures }) => pictures.length === 0) ? (['image'] as const) : []),
  ...(variants.some(({ price }) => price.minor === 0) ? (['price'] as const) : []),
  ...(categoryIds.length === 0 ? (['category'] as const) : []),
];

/** Without case and accents. */
const normal = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsIn = (text: string): string[] => normal(text).split(/\s+/).filter(Boolean);

/** `t-shirt` is also found as `shirt`. */
const withParts = (word: string): string[] => [word, ...word.split(/[^\p{L}\p{N}]+/u)];

const prefixesOf = (word: string): string[] => {
  const letters = Array.from(word);
  return letters.map((_, index) => letters.slice(0, index + 1).join(''));
};

const cut = (word: string): string =>
  word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join('');

const skuTerm = (sku: string): string => `#${cut(normal(sku))}`;
const missingTerm = (missing: Missing): string => `!${missing}`;

/**
 * The words by whose beginnings staff find a product: those of its name, its brand and its SKUs, `#` with each SKU, and `!` with
 * what is missing.
 */
export const wordsOf = (product: Product): string[] => {
  const skus = product.variants.map(({ sku }) => normal(sku));
  const words = [product.name, product.brand, ...skus].flatMap(wordsIn).flatMap(withParts).filter(Boolean);
  return [...new Set([...words.map(cut), ...skus.map(skuTerm), ...missingIn(product).map(missingTerm)])];
};

/** Each beginning of these words, for stores that look up plain values only. */
export const termsOf = (product: Product): string[] => [...new Set(wordsOf(product).flatMap(prefixesOf))];

/** What a product is looked up by: `q` by beginnings of words, `sku` by its beginning. */
export interface TermFilter {
  readonly q?: string | undefined;
  readonly sku?: string | undefined;
  readonly missing?: Missing | undefined;
}

/** The beginnings of words that a product must all have. */
export const termsWanted = ({ q = '', sku, missing }: TermFilter): string[] => [
  ...wordsIn(q).slice(0, MOST_WORDS).map(cut),
  ...(sku === undefined ? [] : [skuTerm(sku)]),
  ...(missing === undefined ? [] : [missingTerm(missing)]),
];

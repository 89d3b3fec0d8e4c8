import { cutWord, plainText, wordsOf, wordsWanted } from '#kernel/words.ts';
import type { Product } from './product.ts';

/** What a product lacks to be sold well. */
export type Missing = 'image' | 'price' | 'category';

export const missingIn = ({ variants, categoryIds }: Product): Missing[] => [
  ...(variants.every(({ pictures }) => pictures.length === 0) ? (['image'] as const) : []),
  ...(variants.some(({ price }) => price.minor === 0) ? (['price'] as const) : []),
  ...(categoryIds.length === 0 ? (['category'] as const) : []),
];

const prefixesOf = (word: string): string[] => {
  const letters = Array.from(word);
  return letters.map((_, index) => letters.slice(0, index + 1).join(''));
};

const skuTerm = (sku: string): string => `#${cutWord(plainText(sku))}`;
const missingTerm = (missing: Missing): string => `!${missing}`;

/**
 * The words by whose beginnings staff find a product: those of its name, its brand and its SKUs, `#` with each SKU, and `!` with
 * what is missing.
 */
export const wordsOfProduct = (product: Product): string[] => {
  const skus = product.variants.map(({ sku }) => sku);
  return [
    ...wordsOf([product.name, product.brand, ...skus]),
    ...new Set(skus.map(skuTerm)),
    ...missingIn(product).map(missingTerm),
  ];
};

/** Each beginning of these words, for stores that look up plain values only. */
export const termsOf = (product: Product): string[] => [
  ...new Set(wordsOfProduct(product).flatMap(prefixesOf)),
];

/** What a product is looked up by: `q` by beginnings of words, `sku` by its beginning. */
export interface TermFilter {
  readonly q?: string | undefined;
  readonly sku?: string | undefined;
  readonly missing?: Missing | undefined;
}

/** The beginnings of words that a product must all have. */
export const termsWanted = ({ q = '', sku, missing }: TermFilter): string[] => [
  ...wordsWanted(q),
  ...(sku === undefined ? [] : [skuTerm(sku)]),
  ...(missing === undefined ? [] : [missingTerm(missing)]),
];

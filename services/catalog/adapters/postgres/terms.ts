import type { Product } from '../../core/domain/product.ts';
import { wordsOf } from '../../core/domain/terms.ts';

const lexeme = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;

/** The words of a product as a `tsvector`, whose index finds their beginnings. */
export const vectorOf = (product: Product): string => wordsOf(product).map(lexeme).join(' ');

/** Beginnings of words as a `tsquery` for vectors that have them all. */
export const queryFor = (terms: readonly string[]): string =>
  terms.map((term) => `${lexeme(term)}:*`).join(' & ');

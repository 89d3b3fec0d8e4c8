import { expect, it } from 'vitest';
import { wordsOf } from './directory.ts';

it('a query for users is its first five words, in lower case', () => {
  expect(wordsOf('  Ada  LOVELACE ')).toEqual(['ada', 'lovelace']);
  expect(wordsOf('a b c d e f')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(wordsOf('')).toEqual([]);
});

import { expect, it } from 'vitest';
import type { ProductIndex } from '../ports/product-index.ts';
import { makeSynonyms } from '../query/synonyms.ts';
import { makeSuggest } from './suggest.ts';

it('suggestions ask the index once, for no facet of variants, and once more if there are popular queries', async () => {
  const asked: unknown[] = [];
  const refuse = (): Promise<never> => Promise.reject(new Error('not asked'));
  const index: ProductIndex = {
    search: ({ facets }) => {
      asked.push(facets);
      return Promise.resolve({ hits: [], hasMore: false, total: 0, matches: 0 });
    },
    findsAny: (plans) => {
      asked.push(`${plans.length} plans`);
      return Promise.resolve(plans.map(() => true));
    },
    frequencies: refuse,
    isCurrent: refuse,
    apply: refuse,
    rebuild: refuse,
  };
  const suggest = makeSuggest(
    index,
    {
      find: () => Promise.resolve([]),
      pending: refuse,
      count: refuse,
      countPending: refuse,
      markIndexed: refuse,
      all: refuse,
    },
    {
      current: () =>
        Promise.resolve({ synonyms: makeSynonyms([]), redirectOf: () => undefined, pinsOf: () => [] }),
      forget: () => undefined,
    },
    { current: () => Promise.resolve([{ query: 'desk lamp', key: ' desk lamp' }]) },
  );
  await suggest('sofa');
  expect(asked).toEqual([['category', 'subcategory', 'brand']]);
  expect((await suggest('la')).queries).toEqual(['desk lamp']);
  expect(asked.slice(1)).toEqual([['category', 'subcategory', 'brand'], '1 plans']);
});

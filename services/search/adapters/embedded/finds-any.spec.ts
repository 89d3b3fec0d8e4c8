import { describe, expect, it } from 'vitest';
import { toIndexChange } from '../../core/domain/document.ts';
import { makeSynonyms } from '../../core/query/synonyms.ts';
import { planOf, understand } from '../../core/query/understand.ts';
import { readJudgements } from '../../quality/judgements.ts';
import { sampleListings } from '../../quality/sample-shop.ts';
import { findsAny } from './finds-any.ts';
import { score } from './scoring.ts';
import { Segment } from './segment.ts';

const SYNONYMS = makeSynonyms([
  ['laptop', 'notebook'],
  ['water bottle', 'drinking flask'],
]);

describe('whether a plan finds any product', () => {
  it('is what the scores say, for all judged queries, also when products are removed', () => {
    const segment = new Segment();
    const changes = sampleListings().map(toIndexChange);
    for (const change of changes) segment.apply(change);
    for (const half of [0, 1]) {
      const results = readJudgements().map(({ query }) => {
        const plan = planOf(understand(query, SYNONYMS), { weights: [], unknown: [] }, 'all', []);
        const found = score(segment, plan).ordinals.length > 0;
        expect([query, findsAny(segment, plan)]).toEqual([query, found]);
        return found;
      });
      expect(new Set(results)).toEqual(new Set([true, false]));
      for (const [at, { productId }] of changes.entries())
        if (at % 2 === half) segment.apply({ productId, revision: 2 });
    }
  });
});

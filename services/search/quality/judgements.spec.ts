import { describe, expect, it } from 'vitest';
import { KINDS, readJudgements, setOf } from './judgements.ts';
import { sampleProducts } from './sample-shop.ts';

const judgements = readJudgements();

describe('the judgements', () => {
  it('are of different queries, at least 30 of each kind', () => {
    expect(new Set(judgements.map(({ query }) => query)).size).toBe(judgements.length);
    for (const kind of KINDS)
      expect(judgements.filter((judgement) => judgement.kind === kind).length).toBeGreaterThanOrEqual(30);
  });

  it('grade products of the sample catalogue, at least one of them good', () => {
    const names = new Set(sampleProducts().map(({ name }) => name));
    for (const { query, grades } of judgements) {
      expect
        .soft(
          [...grades.keys()].filter((name) => !names.has(name)),
          query,
        )
        .toEqual([]);
      expect.soft(Math.max(...grades.values()), query).toBe(3);
    }
  });

  it('are divided by a rule that does not look at results, a misspelt query with the one it meant', () => {
    for (const { query, meant, set } of judgements) expect.soft(setOf(meant ?? query), query).toBe(set);
  });
});

import { describe, expect, it } from 'vitest';
import { distanceWithin } from '../core/analysis/typing-errors.ts';
import { readJudgements } from './judgements.ts';
import { withTypingErrors } from './typing-errors.ts';

describe('random typing errors', () => {
  const queries = withTypingErrors(readJudgements());
  const mistyped = queries.filter(({ meant }) => meant !== undefined);

  it('are one per query, in a word of 4 letters or more', () => {
    expect(mistyped.length).toBeGreaterThan(300);
    for (const { query, meant = '' } of mistyped) expect.soft(distanceWithin(query, meant, 1), query).toBe(1);
    expect(mistyped.map(({ meant }) => meant)).not.toContain('45 rpm');
  });

  it('are the same each time', () => {
    expect(withTypingErrors(readJudgements())).toEqual(queries);
  });
});

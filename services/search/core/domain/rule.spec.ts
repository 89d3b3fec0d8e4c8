import { describe, expect, it } from 'vitest';
import { checkRule, type RuleContent } from './rule.ts';

const redirect = (url: string, query = 'sale'): RuleContent => ({ kind: 'redirect', query, url });

describe('a rule of staff', () => {
  const GOOD: readonly RuleContent[] = [
    { kind: 'synonyms', words: ['couch', 'sofa'] },
    { kind: 'pins', query: 'lamp', productIds: [] },
    redirect('/'),
    redirect('/categories/lamps?sort=newest'),
  ];
  it.each(GOOD)('is accepted: %j', (content) => {
    expect(checkRule(content)).toEqual({ ok: true, value: content });
  });

  const BAD: readonly (readonly [content: RuleContent, reason: string])[] = [
    [{ kind: 'synonyms', words: ['couch', '-'] }, 'A synonym needs a letter or a digit.'],
    [{ kind: 'synonyms', words: ['T-Shirt', 'sofa', 't shirt'] }, 'The synonyms must differ.'],
    [{ kind: 'pins', query: ' ! ', productIds: [] }, 'The query needs a letter or a digit.'],
    [redirect('/sale', '?'), 'The query needs a letter or a digit.'],
    ...['https://example.com', '//example.com', '/\\example.com', 'sale', ' /sale', ''].map(
      (url) => [redirect(url), 'A redirect must be a path of this shop, such as /categories/lamps.'] as const,
    ),
  ];
  it.each(BAD)('is refused: %j', (content, detail) => {
    expect(checkRule(content)).toMatchObject({ ok: false, error: { code: 'INVALID_RULE', detail } });
  });
});

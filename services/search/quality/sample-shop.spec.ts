import { describe, expect, it } from 'vitest';
import { checkRule } from '../core/domain/rule.ts';
import { sampleSynonyms } from './sample-shop.ts';

describe('the synonyms of the sample shop', () => {
  it('are rules that staff may enter', () => {
    for (const words of sampleSynonyms())
      expect.soft(checkRule({ kind: 'synonyms', words }), words.join(', ')).toMatchObject({ ok: true });
  });
});

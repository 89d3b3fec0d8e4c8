import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { nameKey } from '../analysis/words.ts';

/** What staff have decided about queries. */
export interface Rule {
  readonly ruleId: string;
  /** Counts changes from 1. */
  readonly version: number;
  readonly content: RuleContent;
  readonly updatedAt: Date;
}

export type RuleContent =
  /** Words that mean the same. */
  | { readonly kind: 'synonyms'; readonly words: readonly string[] }
  /** Products that come first for a query. */
  | { readonly kind: 'pins'; readonly query: string; readonly productIds: readonly string[] }
  /** A page that a query leads to instead of results. */
  | { readonly kind: 'redirect'; readonly query: string; readonly url: string };

export type InvalidRule = Refusal<'INVALID_RULE'>;

/** Rules of a shop: each search reads them all. */
export const MOST_RULES = 1_000;

/** Refuses rules that could never apply, or that would send shoppers to another site. */
export const checkRule = (content: RuleContent): Result<RuleContent, InvalidRule> => {
  if (content.kind === 'synonyms') {
    const keys = content.words.map(nameKey);
    if (keys.includes('')) return refuse('INVALID_RULE', 'A synonym needs a letter or a digit.');
    return new Set(keys).size < keys.length
      ? refuse('INVALID_RULE', 'The synonyms must differ.')
      : ok(content);
  }
  if (nameKey(content.query) === '') return refuse('INVALID_RULE', 'The query needs a letter or a digit.');
  if (content.kind === 'redirect' && !/^\/(?![/\\])/.test(content.url))
    return refuse('INVALID_RULE', 'A redirect must be a path of this shop, such as /categories/lamps.');
  return ok(content);
};

import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/search.ts';
import type { makeCreateRule, makeRemoveRule, makeReplaceRule } from '../../core/application/change-rules.ts';
import type { Rules } from '../../core/application/rules.ts';
import type { SearchProducts } from '../../core/application/search-products.ts';
import type { makeSuggest } from '../../core/application/suggest.ts';
import type { RuleQueries } from '../../core/ports/listing-queries.ts';
import { decodePosition } from './cursor.ts';
import type { SearchCode } from './errors.ts';
import { fromResult, fromRule, fromSuggestions, toContent, toFilters } from './mapping.ts';

export interface SearchUseCases {
  readonly search: SearchProducts;
  readonly suggest: ReturnType<typeof makeSuggest>;
  readonly createRule: ReturnType<typeof makeCreateRule>;
  readonly replaceRule: ReturnType<typeof makeReplaceRule>;
  readonly removeRule: ReturnType<typeof makeRemoveRule>;
  readonly ruleQueries: RuleQueries;
  readonly rules: Pick<Rules, 'forget'>;
}

export const makeHandlers = (shop: SearchUseCases): Handlers<operations, SearchCode> => ({
  searchProducts: async ({ query }) => {
    const { q, sort = 'relevance', limit = 24, facets = true, cursor } = query;
    const after = cursor === undefined ? undefined : decodePosition(cursor, sort);
    if (cursor !== undefined && !after)
      return refuse('INVALID_CURSOR', 'The cursor was not issued for this search.');
    const result = await shop.search({
      query: q,
      filters: toFilters(query),
      sort,
      limit,
      after,
      withFacets: facets,
    });
    return { status: 200, body: fromResult(result) };
  },
  suggest: async ({ query }) => ({ status: 200, body: fromSuggestions(await shop.suggest(query.q)) }),
  listSearchRules: async () => ({
    status: 200,
    body: { items: (await shop.ruleQueries.all()).map(fromRule) },
  }),
  createSearchRule: async ({ body, idempotency }) => {
    const created = await shop.createRule(toContent(body), idempotency);
    if (!created.ok) return created;
    shop.rules.forget();
    const { ruleId, version } = created.value;
    const headers = { ETag: etag(version), Location: `/api/v1/search/rules/${ruleId}` };
    return { status: 201, headers, body: fromRule(created.value) };
  },
  replaceSearchRule: async ({ path, body, ifMatch }) => {
    const replaced = await shop.replaceRule({
      ruleId: path.rule_id,
      basedOn: ifMatch,
      content: toContent(body),
    });
    if (!replaced.ok) return replaced;
    shop.rules.forget();
    return { status: 200, headers: { ETag: etag(replaced.value.version) }, body: fromRule(replaced.value) };
  },
  deleteSearchRule: async ({ path, ifMatch }) => {
    const removed = await shop.removeRule(path.rule_id, ifMatch);
    if (!removed.ok) return removed;
    shop.rules.forget();
    return { status: 204 };
  },
});

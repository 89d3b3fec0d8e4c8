import { declareTable } from '#adapters/postgres/table.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Rule } from '../../core/domain/rule.ts';
import type { RuleQueries } from '../../core/ports/listing-queries.ts';
import type { RuleRepository } from '../../core/ports/search-tx.ts';

const rules = declareTable<Rule>({
  name: 'search.rules',
  key: ['ruleId'],
  columns: { ruleId: 'uuid', version: 'bigint', content: 'jsonb', updatedAt: 'timestamptz' },
});

export const postgresRuleRepository = (tx: SqlTransaction): RuleRepository => ({
  find: async (ruleId) => (await rules.find(tx, [ruleId])).get(ruleId),
  count: async () => (await tx.query<{ readonly count: number }>(COUNT))[0]?.count ?? 0,
  save: async (rule) => {
    for (const write of rules.save([{ record: rule, before: rule.version - 1 }])) await tx.write(write);
  },
  remove: ({ ruleId, version }) =>
    tx.write({
      table: 'rules',
      text: 'delete from search.rules where rule_id = $1 and version = $2',
      params: [ruleId, version],
      rows: 1,
    }),
});

const COUNT = 'select count(*)::int as count from search.rules';

export const postgresRuleQueries = (sql: Sql): RuleQueries => ({
  all: () => rules.select(sql, 'order by rule_id'),
  find: async (ruleId) => (await rules.find(sql, [ruleId])).get(ruleId),
});

import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Rule } from '../core/domain/rule.ts';
import type { SearchTx } from '../core/ports/search-tx.ts';

/** What the audit trail shows of search: its rules. */
export const audited: Audited<Omit<SearchTx, keyof BaseTx>> = {
  service: 'search',
  repositories: {
    rules: auditedRecords<Rule>({
      kind: 'search_rule',
      idOf: ({ ruleId }) => ruleId,
      versionOf: ({ version }) => version,
      show: ({ version, content }) => ({ version, ...content }),
    }),
  },
};

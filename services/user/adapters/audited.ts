import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { User } from '../core/domain/user.ts';
import type { UserTx } from '../core/ports/user-tx.ts';

/** What the audit trail shows of accounts: what they may do, and nothing about the person. */
export const audited: Audited<Omit<UserTx, keyof BaseTx>> = {
  service: 'user',
  repositories: {
    users: auditedRecords<User>({
      kind: 'user',
      idOf: ({ userId }) => userId,
      versionOf: ({ version }) => version,
      show: ({ version, roles, deactivatedAt }) => ({
        version,
        roles,
        status: deactivatedAt ? 'deactivated' : 'active',
      }),
    }),
  },
};

import { auditedRecords, type Audited, type Auditing } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { PersonErasure } from '../core/domain/erasure.ts';
import type { Factors } from '../core/domain/factors.ts';
import type { User } from '../core/domain/user.ts';
import type { FactorRepository, SessionRepository, UserTx } from '../core/ports/user-tx.ts';

const shownFactors = ({ totp, passkeys, recoveryCodes }: Factors) => ({
  authenticator: totp !== undefined,
  passkeys: passkeys.length,
  recoveryCodes: recoveryCodes.length,
});

/** Which sessions were ended, and whose. */
const sessions: Auditing<SessionRepository> = (repository, tell) => ({
  ...repository,
  endOthers: async (userId, keptSessionId) => {
    await repository.endOthers(userId, keptSessionId);
    await tell({ kind: 'sessions', id: userId, version: 1, before: undefined, after: { ended: true } });
  },
  save: async (session) => {
    await repository.save(session);
    const { sessionId: id, userId, ended } = session;
    await tell({ kind: 'session', id, version: 1, before: undefined, after: { userId, ended } });
  },
});

/** Which second factors there are; nothing that proves one. */
const factors: Auditing<FactorRepository> = (repository, tell) => {
  const known = new Map<string, Factors>();
  return {
    ...repository,
    lock: async (userId) => {
      const found = await repository.lock(userId);
      known.set(userId, found);
      return found;
    },
    save: async (changed) => {
      await repository.save(changed);
      const before = known.get(changed.userId);
      await tell({
        kind: 'factors',
        id: changed.userId,
        version: 1,
        before: before && shownFactors(before),
        after: shownFactors(changed),
      });
    },
  };
};

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
    sessions,
    factors,
    erasures: auditedRecords<PersonErasure>({
      kind: 'erasure',
      idOf: ({ erasureId }) => erasureId,
      versionOf: ({ version }) => version,
      show: ({ userId, open }) => ({ userId, open }),
    }),
  },
};

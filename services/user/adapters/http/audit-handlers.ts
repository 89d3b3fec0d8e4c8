import { nameOf } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import { actIn, type AuditEntry } from '../../core/domain/audit.ts';
import type { AuditQueries } from '../../core/ports/audit-queries.ts';
import type { UserCode } from './errors.ts';

export interface AuditUseCases {
  readonly auditTrail: Pick<AuditQueries, 'page'>;
}

const fromEntry = (entry: AuditEntry): components['schemas']['AuditEntry'] => {
  const { entryId, actorId, correlationId, before, after, reason, ...act } = actIn(entry);
  return {
    ...act,
    entry_id: entryId,
    actor_id: actorId,
    correlation_id: correlationId,
    ...(reason === undefined ? {} : { reason }),
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
    hash: entry.hash,
    previous_hash: entry.previousHash,
  };
};

const momentOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

export const makeAuditHandlers = (
  { auditTrail }: AuditUseCases,
  security: SecurityLog,
): Handlers<Pick<operations, 'listAuditEntries'>, UserCode> => ({
  listAuditEntries: async ({ query, principal, address }) => {
    const { limit = 24, cursor, ...filters } = query;
    const { from, to, ...given } = filters;
    const page = await auditTrail.page({
      limit,
      cursor,
      service: given.service,
      actorId: given.actor_id,
      operation: given.operation,
      category: given.category,
      subjectKind: given.subject_kind,
      subjectId: given.subject_id,
      correlationId: given.correlation_id,
      from: momentOf(from),
      to: momentOf(to),
    });
    if (!page.ok) return page;
    const { items, next } = page.value;
    security.note('audit_read', {
      actor: nameOf(principal),
      address,
      operation: 'listAuditEntries',
      details: { filter: new URLSearchParams(filters).toString() },
    });
    return {
      status: 200,
      body: { items: items.map(fromEntry), ...(next === undefined ? {} : { next_cursor: next }) },
    };
  },
});

import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import { NO_ENTRIES, type AuditEntry, type Head } from '../../core/domain/audit.ts';
import type { AuditFilter, AuditQueries } from '../../core/ports/audit-queries.ts';
import type { AuditLog } from '../../core/ports/user-tx.ts';
import { auditPage, entryAfter } from '../audit-pages.ts';

const entries = declareTable<AuditEntry>({
  name: 'users.audit_entries',
  key: ['seq'],
  columns: {
    seq: 'bigint',
    entryId: 'uuid',
    hash: 'text',
    previousHash: 'text',
    text: ['text', 'entry'],
    at: 'timestamptz',
    service: 'text',
    actorId: 'text',
    operation: 'text',
    category: 'text',
    subject: { kind: ['text', 'subject_kind'], id: ['text', 'subject_id'] },
    correlationId: 'text',
  },
});

const headIn = async (sql: Pick<Sql, 'query'>): Promise<Head> => {
  const [last] = await entries.select(sql, 'order by seq desc limit 1');
  return last ?? NO_ENTRIES;
};

export const postgresAuditLog = (tx: SqlTransaction): AuditLog => ({
  head: () => headIn(tx),
  known: async (entryIds) => {
    const found = await entries.select(tx, 'where entry_id = any($1)', [entryIds]);
    return new Set(found.map(({ entryId }) => entryId));
  },
  append: async (added) => {
    for (const write of entries.insert(added)) await tx.write(write);
  },
});

/** Conditions by filter. */
const CONDITIONS: Readonly<Record<keyof AuditFilter, string>> = {
  service: 'service =',
  actorId: 'actor_id =',
  operation: 'operation =',
  category: 'category =',
  subjectKind: 'subject_kind =',
  subjectId: 'subject_id =',
  correlationId: 'correlation_id =',
  from: 'at >=',
  to: 'at <',
};

export const postgresAuditQueries = (sql: Sql): AuditQueries => ({
  page: async ({ limit, cursor, ...filter }) => {
    const after = entryAfter({ limit, cursor });
    if (!after.ok) return after;
    const wanted = [
      ...Object.entries(CONDITIONS).map(([name, condition]) => [
        condition,
        filter[name as keyof AuditFilter],
      ]),
      ['seq <', after.value?.value],
    ].filter(([, value]) => value !== undefined);
    const conditions = wanted.map(([condition], index) => `and ${String(condition)} $${index + 2}`).join(' ');
    const found = await entries.select(sql, `where true ${conditions} order by seq desc limit $1`, [
      limit + 1,
      ...wanted.map(([, value]) => value),
    ]);
    return auditPage(found, limit);
  },
  after: (seq, limit) => entries.select(sql, 'where seq > $1 order by seq limit $2', [seq, limit]),
  head: () => headIn(sql),
});

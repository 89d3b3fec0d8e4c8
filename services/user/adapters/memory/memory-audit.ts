import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { NO_ENTRIES, type AuditEntry, type Head } from '../../core/domain/audit.ts';
import type { AuditFilter, AuditQueries } from '../../core/ports/audit-queries.ts';
import type { AuditLog } from '../../core/ports/user-tx.ts';
import { auditPage, entryAfter } from '../audit-pages.ts';

const entriesOf = (tables: MemoryTables) => tables.table<AuditEntry>('audit_entries');

const headsOf = (tables: MemoryTables) => tables.table<Head>('audit_head');

const headOf = (tables: MemoryTables): Head => headsOf(tables).get('head') ?? NO_ENTRIES;

/** Entries are only ever added, so a number is used once. */
export const memoryAuditLog = (tx: MemoryTransaction): AuditLog => ({
  head: () => Promise.resolve(headOf(tx)),
  known: (entryIds) => {
    const wanted = new Set(entryIds);
    const found = entriesOf(tx).find(({ entryId }) => wanted.has(entryId));
    return Promise.resolve(new Set(found.map(({ entryId }) => entryId)));
  },
  append: async (entries) => {
    for (const entry of entries) {
      if (headOf(tx).seq !== entry.seq - 1) throw new VersionConflict('audit_entries');
      entriesOf(tx).put(String(entry.seq), entry);
      headsOf(tx).put('head', { seq: entry.seq, hash: entry.hash });
    }
    await Promise.resolve();
  },
});

const isMeant = (entry: AuditEntry, filter: AuditFilter): boolean => {
  const { service, actorId, operation, category, subject, correlationId, at } = entry;
  const pairs = [
    [filter.service, service],
    [filter.actorId, actorId],
    [filter.operation, operation],
    [filter.category, category],
    [filter.subjectKind, subject.kind],
    [filter.subjectId, subject.id],
    [filter.correlationId, correlationId],
  ];
  return (
    pairs.every(([wanted, found]) => wanted === undefined || wanted === found) &&
    (filter.from === undefined || at >= filter.from) &&
    (filter.to === undefined || at < filter.to)
  );
};

export const memoryAuditQueries = ({ committed }: MemoryDatabase): AuditQueries => ({
  page: (request) => {
    const after = entryAfter(request);
    if (!after.ok) return Promise.resolve(after);
    const before = Number(after.value?.value ?? Infinity);
    const found = entriesOf(committed).find((entry) => entry.seq < before && isMeant(entry, request));
    return Promise.resolve(auditPage(found.reverse(), request.limit));
  },
  after: (seq, limit) =>
    Promise.resolve(
      entriesOf(committed)
        .find((entry) => entry.seq > seq)
        .slice(0, limit),
    ),
  head: () => Promise.resolve(headOf(committed)),
});

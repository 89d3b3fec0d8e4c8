import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { AuditEntry, Head } from '../domain/audit.ts';

/** Which entries; those that have all that is given. */
export interface AuditFilter {
  readonly service?: string | undefined;
  readonly actorId?: string | undefined;
  readonly operation?: string | undefined;
  readonly category?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** At this time or later. */
  readonly from?: Date | undefined;
  /** Before this time. */
  readonly to?: Date | undefined;
}

export type AuditPageRequest = PageRequest & AuditFilter;

/** Reads of the committed audit trail. */
export interface AuditQueries {
  /** The newest first. */
  page(request: AuditPageRequest): Promise<PageResult<AuditEntry>>;
  /** The entries with a greater number, in their order; at most `limit`. */
  after(seq: number, limit: number): Promise<readonly AuditEntry[]>;
  head(): Promise<Head>;
}

import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { AuditEntry } from '../core/domain/audit.ts';

const LIST = 'audit';

/** Where the page of entries before ended. */
export const entryAfter = (request: PageRequest): Result<Position | undefined, Refusal<'INVALID_CURSOR'>> =>
  positionOf(request, LIST, 'number');

/** @param found one more than `limit` if more follow */
export const auditPage = (found: readonly AuditEntry[], limit: number): PageResult<AuditEntry> =>
  pageOf(found, limit, ({ seq, entryId }) => ({ list: LIST, value: seq, id: entryId }));

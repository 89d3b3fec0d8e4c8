import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { PersonErasure } from '../core/domain/erasure.ts';

const LIST = 'erasures';

/** The ID, which is by age, of the last erasure of the page before. */
export const followsIn = (request: PageRequest): Result<string | undefined, Refusal<'INVALID_CURSOR'>> => {
  const after = positionOf(request, LIST, 'text');
  return after.ok ? ok(after.value?.id) : after;
};

/** @param found one more than `limit` if more follow */
export const erasuresPage = (found: readonly PersonErasure[], limit: number): PageResult<PersonErasure> =>
  pageOf(found, limit, ({ erasureId }) => ({ list: LIST, value: erasureId, id: erasureId }));

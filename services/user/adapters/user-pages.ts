import type { Position } from '#adapters/pagination/cursor.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { Profile } from '../core/domain/user.ts';

const LIST = 'users';

/** Where the page of users before ended. */
export const afterOf = (request: PageRequest): Result<Position | undefined, Refusal<'INVALID_CURSOR'>> =>
  positionOf(request, LIST, 'time');

/** @param found one more than `limit` if more follow */
export const usersPage = (found: readonly Profile[], limit: number): PageResult<Profile> =>
  pageOf(found, limit, ({ createdAt, userId }) => ({
    list: LIST,
    value: createdAt.toISOString(),
    id: userId,
  }));

import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { UserFilter } from '../domain/directory.ts';
import type { PersonErasure } from '../domain/erasure.ts';
import type { Factors } from '../domain/factors.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { Session } from '../domain/session.ts';
import type { Wish } from '../domain/wish.ts';
import type { Profile, User } from '../domain/user.ts';

/** Reads of what is committed. */
export interface UserQueries {
  find(userId: string): Promise<User | undefined>;
}

export type UserPageRequest = PageRequest & UserFilter;

export interface UserDirectory {
  /** The newest accounts first. */
  page(request: UserPageRequest): Promise<PageResult<Profile>>;
}

export interface ErasureQueries {
  find(erasureId: string): Promise<PersonErasure | undefined>;
  /** The newest first. */
  page(request: ErasurePageRequest): Promise<PageResult<PersonErasure>>;
  /** When the oldest one was requested that is not completed. */
  oldestOpen(): Promise<Date | undefined>;
}

export interface ErasurePageRequest extends PageRequest {
  readonly isComplete?: boolean | undefined;
}

export interface FactorQueries {
  of(userId: string): Promise<Factors>;
}

export interface ViewQueries {
  /** Views of a list: the user's own, then those that others share, each by name; at most `MOST_SHOWN`. */
  visibleTo(userId: string, list: string): Promise<readonly SavedView[]>;
  /** All of the user's own. */
  ofOwner(userId: string): Promise<readonly SavedView[]>;
}

export interface WishQueries {
  /** The user's wish list, the newest first. */
  of(userId: string): Promise<readonly Wish[]>;
}

export interface SessionQueries {
  /** The user's sessions that have not been ended, the last used first, at most `limit`. */
  unended(userId: string, limit: number): Promise<readonly Session[]>;
}

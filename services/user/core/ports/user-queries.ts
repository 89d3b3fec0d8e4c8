import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';

/** Reads of what is committed. */
export interface UserQueries {
  find(userId: string): Promise<User | undefined>;
}

export interface SessionQueries {
  /** The user's sessions that have not been ended, the last used first, at most `limit`. */
  unended(userId: string, limit: number): Promise<readonly Session[]>;
}

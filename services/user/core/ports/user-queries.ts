import type { User } from '../domain/user.ts';

/** Reads of what is committed. */
export interface UserQueries {
  find(userId: string): Promise<User | undefined>;
}

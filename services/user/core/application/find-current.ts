import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { User } from '../domain/user.ts';
import type { UserRepository } from '../ports/user-tx.ts';

export type NotCurrent = Refusal<'USER_NOT_FOUND' | 'PRECONDITION_FAILED'>;

/** The user, unless there is none or it is no longer at the version that a change is based on. */
export const findCurrent = async (
  users: UserRepository,
  userId: string,
  basedOn: number | undefined,
): Promise<Result<User, NotCurrent>> => {
  const user = await users.find(userId);
  if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
  if (basedOn !== undefined && basedOn !== user.version)
    return refuse('PRECONDITION_FAILED', `The user is now at version ${user.version}.`);
  return ok(user);
};

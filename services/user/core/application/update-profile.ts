import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { checkName, rename, type InvalidName, type Name, type User } from '../domain/user.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

export interface UpdateProfile {
  readonly userId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly name: Name;
}

export const makeUpdateProfile =
  (unitOfWork: UnitOfWork<UserTx>, clock: Clock, toWire: ToWire<Publication>) =>
  async ({ userId, basedOn, name }: UpdateProfile): Promise<Result<User, NotCurrent | InvalidName>> => {
    const named = checkName(name);
    if (!named.ok) return named;
    return unitOfWork.run(async ({ users, outbox }) => {
      const current = await findCurrent(users, userId, basedOn);
      if (!current.ok) return current;
      const renamed = rename(current.value, name, clock.now());
      await users.save(renamed);
      await outbox.add(toWire({ type: 'user.profile.updated', user: renamed }));
      return ok(renamed);
    });
  };

import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { changeProfile, checkName, type InvalidName, type Name, type User } from '../domain/user.ts';
import type { Avatars } from '../ports/avatars.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

export interface UpdateProfile {
  readonly userId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly name: Name;
  /** Null removes it; if absent, it stays. */
  readonly avatarMediaId: string | null | undefined;
}

type UnknownAvatar = Refusal<'UNKNOWN_AVATAR'>;

const UNKNOWN_AVATAR = refuse('UNKNOWN_AVATAR', 'Upload a picture for the avatar first, and name your own.');

export const makeUpdateProfile =
  (unitOfWork: UnitOfWork<UserTx>, avatars: Avatars, clock: Clock, toWire: ToWire<Publication>) =>
  async ({
    userId,
    basedOn,
    name,
    avatarMediaId,
  }: UpdateProfile): Promise<Result<User, NotCurrent | InvalidName | UnknownAvatar>> => {
    const named = checkName(name);
    if (!named.ok) return named;
    if (typeof avatarMediaId === 'string' && !(await avatars.isOwn(avatarMediaId, userId)))
      return UNKNOWN_AVATAR;
    return unitOfWork.run(async ({ users, outbox }) => {
      const current = await findCurrent(users, userId, basedOn);
      if (!current.ok) return current;
      const changed = changeProfile(current.value, name, avatarMediaId, clock.now());
      await users.save(changed);
      await outbox.add(toWire({ type: 'user.profile.updated', user: changed }));
      return ok(changed);
    });
  };

import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import { INVITATION_LIFETIME_MS, startReset } from '../domain/password-reset.ts';
import {
  assignRoles,
  checkName,
  deactivate,
  openAccount,
  reactivate,
  type InvalidName,
  type Name,
  type User,
} from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

export interface Invitation extends Name {
  readonly email: string;
  readonly roles: readonly string[];
}

interface InviteParts extends Parts {
  readonly ids: Ids;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
}

/** Opens an account without a known password, and has a token mailed that sets the first one. */
export const makeInviteUser =
  ({ unitOfWork, ids, passwords, secrets, clock, toWire }: InviteParts) =>
  async ({
    email,
    ...invitation
  }: Invitation): Promise<Result<User, InvalidName | Refusal<'EMAIL_TAKEN'>>> => {
    const named = checkName(invitation);
    if (!named.ok) return named;
    const passwordHash = await passwords.hash(secrets.next());
    return unitOfWork.run(async ({ users, resets, outbox }) => {
      if (await users.findByEmail(normalizeEmail(email)))
        return refuse('EMAIL_TAKEN', 'There is an account with this e-mail address; give it the roles.');
      const user = openAccount({ ...invitation, email, passwordHash }, ids.next(), clock.now());
      const token = secrets.next();
      const reset = startReset(user, secrets.digest(token), clock.now(), INVITATION_LIFETIME_MS);
      await users.save(user);
      await resets.add(reset);
      await outbox.add(toWire({ type: 'user.profile.updated', user }));
      await outbox.add(toWire({ type: 'user.invited', user, token, expiresAt: reset.expiresAt }));
      return ok(user);
    });
  };

type NotManaged = NotCurrent | Refusal<'OWN_ACCOUNT'>;

interface Managed {
  readonly userId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  /** The ID of the caller, who might otherwise leave the shop without an admin. */
  readonly by: string;
}

const OWN_ACCOUNT = refuse('OWN_ACCOUNT', 'Another admin has to change your own account.');

/** A change by an admin, after which the user's access tokens are renewed or refused. */
const makeManage =
  ({ unitOfWork, clock, accessMs, toWire }: Parts) =>
  (
    { userId, basedOn, by }: Managed,
    change: (user: User, now: Date) => User,
  ): Promise<Result<User, NotManaged>> =>
    unitOfWork.run(async ({ users, outbox }): Promise<Result<User, NotManaged>> => {
      if (by === userId) return OWN_ACCOUNT;
      const current = await findCurrent(users, userId, basedOn);
      if (!current.ok) return current;
      const now = clock.now();
      const changed = change(current.value, now);
      if (changed === current.value) return current;
      await users.save(changed);
      await outbox.add(toWire({ type: 'user.profile.updated', user: changed }));
      await outbox.add(toWire(accessRevoked(changed, {}, now, accessMs)));
      return ok(changed);
    });

/** Replaces the roles of another user. */
export const makeAssignRoles = (parts: Parts) => {
  const manage = makeManage(parts);
  return (managed: Managed, roles: readonly string[]): Promise<Result<User, NotManaged>> =>
    manage(managed, (user, now) => assignRoles(user, roles, now));
};

/** Lets another user log in, or no longer: then all sessions end. */
export const makeSetActive = (parts: Parts) => {
  const manage = makeManage(parts);
  return (managed: Managed, isActive: boolean): Promise<Result<User, NotManaged>> =>
    manage(managed, (user, now) => {
      if (isActive === (user.deactivatedAt === undefined)) return user;
      return isActive ? reactivate(user, now) : deactivate(user, now);
    });
};

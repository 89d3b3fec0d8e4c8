import { flawOfName } from '#kernel/person-name.ts';
import { err, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { AddressBook } from './address.ts';
import { normalizeEmail } from '#kernel/email.ts';

export const CUSTOMER = 'customer';

/** An account: profile, credentials and addresses. */
export interface User extends Profile {
  readonly passwordHash: string;
  /** Counts passwords from 1: a session that began with an earlier one has ended. */
  readonly credentials: number;
  /** Counts from 0 how often the user was logged out everywhere. With `credentials`, it invalidates proofs of known devices. */
  readonly logouts: number;
  readonly addresses: AddressBook;
}

/** A user's profile, without credentials. */
export interface Profile extends Name {
  readonly userId: string;
  /** Counts changes from 1; every change of the account is one. */
  readonly version: number;
  /** Normalised and unique. */
  readonly email: string;
  /** When its owner proved to receive mails there. */
  readonly emailVerifiedAt?: Date | undefined;
  readonly roles: readonly string[];
  /** A picture in the media service. */
  readonly avatarMediaId?: string | undefined;
  /** Since when its owner cannot log in. */
  readonly deactivatedAt?: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Name {
  readonly firstName: string;
  readonly lastName: string;
}

export interface InvalidName extends Refusal<'INVALID_NAME'> {
  /** The invalid parts, with reasons. */
  readonly flaws: readonly { readonly part: keyof Name; readonly message: string }[];
}

const FLAWS = {
  unseen: 'contains a line break or an invisible character',
  link: 'looks like a web or e-mail address; put a space after a full stop',
} as const;

/** Refuses names that could carry a message into our mails. */
export const checkName = (name: Name): Result<undefined, InvalidName> => {
  const flaws = (['firstName', 'lastName'] as const).flatMap((part) => {
    const flaw = flawOfName(name[part]);
    return flaw === undefined ? [] : [{ part, message: FLAWS[flaw] }];
  });
  return flaws.length === 0
    ? ok(undefined)
    : err({ code: 'INVALID_NAME', detail: 'A name is not valid; see errors.', flaws });
};

/** The data of a new account, with the hashed password. */
export interface NewAccount extends Name {
  readonly email: string;
  readonly passwordHash: string;
  readonly roles: readonly string[];
  /** Present if the address needs no proof. */
  readonly emailVerifiedAt?: Date;
}

export const openAccount = (account: NewAccount, userId: string, now: Date): User => ({
  userId,
  version: 1,
  email: normalizeEmail(account.email),
  emailVerifiedAt: account.emailVerifiedAt,
  firstName: account.firstName,
  lastName: account.lastName,
  roles: account.roles,
  passwordHash: account.passwordHash,
  credentials: 1,
  logouts: 0,
  addresses: [],
  createdAt: now,
  updatedAt: now,
});

export const profileOf = ({
  passwordHash: _,
  credentials: __,
  logouts: ___,
  addresses: ____,
  ...profile
}: User): Profile => profile;

const changed = (user: User, changes: Partial<User>, now: Date): User => ({
  ...user,
  ...changes,
  version: user.version + 1,
  updatedAt: now,
});

/** @param avatarMediaId null removes it; if absent, it stays */
export const changeProfile = (
  user: User,
  { firstName, lastName }: Name,
  avatarMediaId: string | null | undefined,
  now: Date,
): User => {
  const avatar = avatarMediaId === undefined ? {} : { avatarMediaId: avatarMediaId ?? undefined };
  return changed(user, { firstName, lastName, ...avatar }, now);
};

/** Also ends all sessions. */
export const changePassword = (user: User, passwordHash: string, now: Date): User =>
  changed(user, { passwordHash, credentials: user.credentials + 1 }, now);

/** With a token that was mailed, which also proves the address. */
export const resetPassword = (user: User, passwordHash: string, now: Date): User =>
  changePassword({ ...user, emailVerifiedAt: user.emailVerifiedAt ?? now }, passwordHash, now);

/** The address is proven. */
export const verifyEmail = (user: User, now: Date): User => changed(user, { emailVerifiedAt: now }, now);

/**
 * Replaces the address by one that is proven. Also ends all sessions, and invalidates what was mailed to the old address.
 * @param email normalised
 */
export const changeEmail = (user: User, email: string, now: Date): User =>
  changed(user, { email, emailVerifiedAt: now, credentials: user.credentials + 1 }, now);

/** Invalidates the proofs of known devices. Sessions are ended beside it. */
export const logOutEverywhere = (user: User, now: Date): User =>
  changed(user, { logouts: user.logouts + 1 }, now);

export const assignRoles = (user: User, roles: readonly string[], now: Date): User =>
  changed(user, { roles }, now);

/** Also ends all sessions, and invalidates what was mailed. */
export const deactivate = (user: User, now: Date): User =>
  changed(user, { deactivatedAt: now, credentials: user.credentials + 1 }, now);

export const reactivate = (user: User, now: Date): User => changed(user, { deactivatedAt: undefined }, now);

export const keepAddresses = (user: User, addresses: AddressBook, now: Date): User =>
  changed(user, { addresses }, now);

/** An account as configured. */
export interface Reconfiguration extends Name {
  readonly roles: readonly string[];
  /** The current hash, unless the password is new. */
  readonly passwordHash: string;
}

/** Undefined if nothing changes. */
export const reconfigure = (user: User, wanted: Reconfiguration, now: Date): User | undefined => {
  const { firstName, lastName, roles, passwordHash } = wanted;
  const isNewPassword = passwordHash !== user.passwordHash;
  const isSame =
    !isNewPassword &&
    user.emailVerifiedAt !== undefined &&
    user.deactivatedAt === undefined &&
    firstName === user.firstName &&
    lastName === user.lastName &&
    roles.length === user.roles.length &&
    roles.every((role) => user.roles.includes(role));
  if (isSame) return undefined;
  const configured = {
    ...user,
    firstName,
    lastName,
    roles,
    emailVerifiedAt: user.emailVerifiedAt ?? now,
    deactivatedAt: undefined,
  };
  return isNewPassword ? changePassword(configured, passwordHash, now) : changed(configured, {}, now);
};

/** Has a role beside that of a customer. */
export const isStaff = ({ roles }: Pick<Profile, 'roles'>): boolean =>
  roles.some((role) => role !== CUSTOMER);

export const fullName = ({ firstName, lastName }: Name): string => `${firstName} ${lastName}`.trim();

import { flawOfName } from '#kernel/person-name.ts';
import { err, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { AddressBook } from './address.ts';
import { normalizeEmail } from './email.ts';

export const CUSTOMER = 'customer';

/** An account: who somebody is, how they prove it, and where they live. */
export interface User extends Profile {
  readonly passwordHash: string;
  /** Counts passwords from 1: a session that began with an earlier one is over. */
  readonly credentials: number;
  readonly addresses: AddressBook;
}

/** Who somebody is, and nothing that proves it. */
export interface Profile extends Name {
  readonly userId: string;
  /** Counts changes from 1; every change of the account is one. */
  readonly version: number;
  /** Normalised; nobody else's. */
  readonly email: string;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Name {
  readonly firstName: string;
  readonly lastName: string;
}

export interface InvalidName extends Refusal<'INVALID_NAME'> {
  /** Which of its parts are wrong, and why. */
  readonly flaws: readonly { readonly part: keyof Name; readonly message: string }[];
}

const FLAWS = {
  unseen: 'contains a line break or an invisible character',
  link: 'looks like a web or e-mail address; put a space after a full stop',
} as const;

/** Refuses names that would become a message in what we write to people. */
export const checkName = (name: Name): Result<undefined, InvalidName> => {
  const flaws = (['firstName', 'lastName'] as const).flatMap((part) => {
    const flaw = flawOfName(name[part]);
    return flaw === undefined ? [] : [{ part, message: FLAWS[flaw] }];
  });
  return flaws.length === 0
    ? ok(undefined)
    : err({ code: 'INVALID_NAME', detail: 'A name is not valid; see errors.', flaws });
};

/** What opens an account, the password hashed already. */
export interface NewAccount extends Name {
  readonly email: string;
  readonly passwordHash: string;
  readonly roles: readonly string[];
}

export const openAccount = (account: NewAccount, userId: string, now: Date): User => ({
  userId,
  version: 1,
  email: normalizeEmail(account.email),
  firstName: account.firstName,
  lastName: account.lastName,
  roles: account.roles,
  passwordHash: account.passwordHash,
  credentials: 1,
  addresses: [],
  createdAt: now,
  updatedAt: now,
});

export const profileOf = ({ passwordHash: _, credentials: __, addresses: ___, ...profile }: User): Profile =>
  profile;

const changed = (user: User, changes: Partial<User>, now: Date): User => ({
  ...user,
  ...changes,
  version: user.version + 1,
  updatedAt: now,
});

export const rename = (user: User, { firstName, lastName }: Name, now: Date): User =>
  changed(user, { firstName, lastName }, now);

/** Ends all sessions, too. */
export const changePassword = (user: User, passwordHash: string, now: Date): User =>
  changed(user, { passwordHash, credentials: user.credentials + 1 }, now);

export const keepAddresses = (user: User, addresses: AddressBook, now: Date): User =>
  changed(user, { addresses }, now);

/** What configuration says of an account. */
export interface Reconfiguration extends Name {
  readonly roles: readonly string[];
  /** The one there is, unless the password is a new one. */
  readonly passwordHash: string;
}

/** Undefined when it says nothing new. */
export const reconfigure = (user: User, wanted: Reconfiguration, now: Date): User | undefined => {
  const { firstName, lastName, roles, passwordHash } = wanted;
  const isNewPassword = passwordHash !== user.passwordHash;
  const isSame =
    !isNewPassword &&
    firstName === user.firstName &&
    lastName === user.lastName &&
    roles.length === user.roles.length &&
    roles.every((role) => user.roles.includes(role));
  if (isSame) return undefined;
  const configured = { ...user, firstName, lastName, roles };
  return isNewPassword ? changePassword(configured, passwordHash, now) : changed(configured, {}, now);
};

export const fullName = ({ firstName, lastName }: Name): string => `${firstName} ${lastName}`.trim();

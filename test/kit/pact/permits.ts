import { isRole, type Role } from '#adapters/auth/principal.ts';

const ROLE = 'role:';

/** Takes the place of a user's token in a contract, as a scope takes that of the consumer's. */
export const asRole = (role: Role): string => `${ROLE}${role}`;

/** Undefined if it is a scope. */
export const roleIn = (permit: string): Role | undefined => {
  if (!permit.startsWith(ROLE)) return undefined;
  const role = permit.slice(ROLE.length);
  if (!isRole(role)) throw new Error(`no role: ${role}`);
  return role;
};

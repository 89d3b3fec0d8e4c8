/** What staff may do beyond a customer's own things. `admin` may do all of it. */
export const ROLES = [
  'customer',
  'catalog_manager',
  'order_manager',
  'inventory_manager',
  'moderator',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Who calls. */
export type Principal = Guest | User | Service;

export interface Guest {
  readonly kind: 'guest';
}

export interface User {
  readonly kind: 'user';
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** When its token ends, in milliseconds since the epoch: nothing that it opened outlives that. Never when absent. */
  readonly expiresAt?: number;
  /** When its token was issued, in milliseconds since the epoch. */
  readonly issuedAt?: number;
  /** The session that its token was issued in; other issuers need not have such. */
  readonly sessionId?: string | undefined;
}

/** Another service of the platform, with the scopes it claims at this one. */
export interface Service {
  readonly kind: 'service';
  readonly service: string;
  readonly scopes: readonly string[];
  /** The user it acts for, as it says: its own key vouches for that, so it is believed only where `x-acts-for-user` allows it. */
  readonly actsFor: string | undefined;
}

export const GUEST: Guest = { kind: 'guest' };

/** True for a member of staff with one of the roles, and for an admin. */
export const hasRole = (principal: Principal, ...roles: readonly Role[]): boolean =>
  principal.kind === 'user' && principal.roles.some((role) => role === 'admin' || roles.includes(role));

/** True for a user who may do more than a customer. */
export const isStaff = (principal: Principal): boolean =>
  principal.kind === 'user' && principal.roles.some((role) => role !== 'customer');

/** True for the user themself. */
export const isUser = (principal: Principal, userId: string): boolean =>
  principal.kind === 'user' && principal.userId === userId;

/** A name for rate limits and idempotency keys. */
export const nameOf = (principal: Principal): string => {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.userId}`;
    case 'service':
      return `service:${principal.service}:${principal.actsFor ?? ''}`;
    case 'guest':
      return 'guest';
  }
};

/** Roles of staff. `admin` includes all others. */
export const ROLES = [
  'customer',
  'catalog_manager',
  'order_manager',
  'inventory_manager',
  'moderator',
  'operator',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** The authenticated caller. */
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
  /** Expiry of its token, milliseconds since the epoch: a stream must not outlive it. Absent if it never expires. */
  readonly expiresAt?: number;
  /** When its token was issued, in milliseconds since the epoch. */
  readonly issuedAt?: number;
  /** The session of its token; absent from tokens of other issuers. */
  readonly sessionId?: string | undefined;
  /** When its user last proved who they are, in milliseconds since the epoch; absent if the issuer does not say. */
  readonly provenAt?: number | undefined;
  /** How they proved it, as RFC 8176 names it: `pwd`, `otp`, `hwk`, and `mfa` if there were two ways. */
  readonly methods?: readonly string[];
}

/** Another service of the platform, with the scopes that it claims at this one. */
export interface Service {
  readonly kind: 'service';
  readonly service: string;
  readonly scopes: readonly string[];
  /** Claims to act for this user; accepted only by operations with `x-acts-for-user`. */
  readonly actsFor: string | undefined;
}

export const GUEST: Guest = { kind: 'guest' };

/** True for staff with one of the roles, and for an admin. */
export const hasRole = (principal: Principal, ...roles: readonly Role[]): boolean =>
  principal.kind === 'user' && principal.roles.some((role) => role === 'admin' || roles.includes(role));

/** True for staff. */
export const isStaff = (principal: Principal): boolean =>
  principal.kind === 'user' && principal.roles.some((role) => role !== 'customer');

/** True for this user. */
export const isUser = (principal: Principal, userId: string): boolean =>
  principal.kind === 'user' && principal.userId === userId;

/** A key for rate limits and idempotency keys. */
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

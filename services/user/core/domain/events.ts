import { after } from '#kernel/clock.ts';
import type { PersonErasure } from './erasure.ts';
import type { FactorsChange } from './factors.ts';
import type { User } from './user.ts';

/** Every service has erased what it knew, of users of the OIDC provider as well, who have no account here. */
export interface Forgotten {
  readonly type: 'user.forgotten';
  readonly erasure: PersonErasure;
  readonly at: Date;
}

/** Integration events. */
export type Publication = OfAccount | Forgotten;

/** `user` is the account after the change. */
export type OfAccount = { readonly user: User } & (
  | { readonly type: 'user.registered' }
  /** The whole profile; versions with other changes publish no such event. */
  | { readonly type: 'user.profile.updated' }
  /** Notifies the owner of an account that their e-mail address was used in a registration. */
  | { readonly type: 'user.registration_repeated'; readonly at: Date }
  /** `token` is for the mail only. */
  | {
      readonly type: 'user.password_reset_requested' | 'user.invited';
      readonly token: string;
      readonly expiresAt: Date;
    }
  /** `token` is for the mail to `email` only. */
  | {
      readonly type: 'user.email_verification_requested';
      readonly email: string;
      readonly token: string;
      readonly expiresAt: Date;
    }
  | { readonly type: 'user.email_verified'; readonly at: Date }
  /** Notifies the owner of a login from an unknown network and device. */
  | { readonly type: 'user.logged_in_elsewhere'; readonly device: string; readonly at: Date }
  /** Notifies the owner. */
  | { readonly type: 'user.factors_changed'; readonly change: FactorsChange; readonly at: Date }
  /** Notifies the owner at the present address. */
  | { readonly type: 'user.email_change_requested'; readonly at: Date }
  /** Notifies the owner at the previous address. */
  | { readonly type: 'user.email_changed'; readonly previousEmail: string; readonly at: Date }
  /** `user.erased`: every service has erased what it knew, and the account is deleted. */
  | { readonly type: 'user.erasure_requested' | 'user.erased'; readonly erasure: PersonErasure }
  | ({
      readonly type: 'user.access_revoked';
      /** Tokens issued later are not affected. */
      readonly at: Date;
      /** The affected tokens have expired by then. */
      readonly expiredBy: Date;
    } & Revoked)
);

/** The access tokens that end: those of one session, or of all sessions except one. */
export interface Revoked {
  readonly sessionId?: string | undefined;
  readonly keptSessionId?: string | undefined;
}

/**
 * Revokes the access tokens issued until now.
 * @param accessMs their lifetime; verifiers must remember the revocation until then
 */
export const accessRevoked = (user: User, revoked: Revoked, at: Date, accessMs: number): Publication => ({
  type: 'user.access_revoked',
  user,
  ...revoked,
  at,
  expiredBy: after(at, accessMs),
});

import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import type { User } from '../domain/user.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import { asWrongPassword, type ProvePassword } from './guesses.ts';

/** An admin needs no password of the user. */
export type OwnerProof =
  | { readonly by: 'owner'; readonly password: string; readonly network: string }
  | OwnerByLogin
  | { readonly by: 'admin' };

/** What is known of users of the OIDC provider, who have no account here: their recent login there is the proof. */
export interface OwnerByLogin extends Pick<User, 'roles' | 'email'> {
  readonly by: 'login';
  readonly name: string;
}

/** Whose data a request is about. */
export type Owner = Pick<User, 'userId' | 'email' | 'emailVerifiedAt' | 'firstName' | 'lastName'>;

export type NotOwner = TooManyAttempts | Refusal<'USER_NOT_FOUND' | 'WRONG_PASSWORD'>;

export type ProveOwner = (userId: string, proof: OwnerProof) => Promise<Result<Owner, NotOwner>>;

/** Asks for the password of an account again, since a stolen access token must not be enough. */
export const makeProveOwner =
  (queries: UserQueries, provePassword: ProvePassword): ProveOwner =>
  async (userId, proof) => {
    const user = await queries.find(userId);
    if (!user && proof.by === 'login')
      return ok({ userId, email: proof.email, firstName: proof.name, lastName: '' });
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    if (proof.by === 'admin') return ok(user);
    if (proof.by === 'login') return refuse('WRONG_PASSWORD', 'Give your current password.');
    const proven = await provePassword({ email: user.email, network: proof.network }, proof.password);
    return proven.ok ? ok(proven.value.user) : asWrongPassword(proven.error);
  };

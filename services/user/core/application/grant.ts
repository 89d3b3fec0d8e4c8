import type { Clock } from '#kernel/clock.ts';
import { rolesIn, type Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { AccessToken, AccessTokens } from '../ports/tokens.ts';

/** The tokens issued by a login or a refresh. */
export interface Grant {
  readonly user: User;
  readonly access: AccessToken;
  readonly refreshToken: string;
  /** After a login: see `Devices`. */
  readonly deviceToken?: string;
}

/** Issues the access tokens of a session. */
export type GiveAccess = (user: User, session: Session) => Promise<AccessToken>;

/** @param isFactorRequired whether staff have only the role of a customer until they have proved a second factor */
export const makeGiveAccess =
  (tokens: AccessTokens, clock: Clock, isFactorRequired: boolean): GiveAccess =>
  (user, session) =>
    tokens.issue(
      { ...user, roles: rolesIn(session, user, isFactorRequired) },
      session,
      clock.now().getTime() - session.provenAt.getTime(),
    );

import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { AccessToken, AccessTokens } from '../ports/tokens.ts';

/** The tokens issued by a login or a refresh. */
export interface Grant {
  readonly user: User;
  readonly access: AccessToken;
  readonly refreshToken: string;
}

export const makeGrant = async (
  tokens: AccessTokens,
  user: User,
  { sessionId }: Session,
  refreshToken: string,
): Promise<Grant> => ({ user, access: await tokens.issue(user, sessionId), refreshToken });

import type { UserSigner } from '#adapters/auth/user-tokens.ts';
import { fullName } from '../../core/domain/user.ts';
import type { AccessTokens } from '../../core/ports/tokens.ts';

/** JWTs with the claims that every service reads. */
export const jwtAccessTokens = (sign: Signer, issuer: string, lifetimeS: number): AccessTokens => ({
  issue: async (user) => {
    const claims = {
      iss: issuer,
      sub: user.userId,
      email: user.email,
      name: fullName(user),
      roles: user.roles,
    };
    return { token: await sign(claims, lifetimeS), expiresInS: lifetimeS };
  },
});

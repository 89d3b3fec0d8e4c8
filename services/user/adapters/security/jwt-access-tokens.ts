import type { UserSigner } from '#adapters/auth/user-tokens.ts';
import { fullName } from '../../core/domain/user.ts';
import type { AccessTokens } from '../../core/ports/tokens.ts';

/** JWTs with the claims that every service reads. */
export const jwtAccessTokens = (sign: UserSigner, lifetimeS: number): AccessTokens => ({
  issue: async (user, { sessionId: sid, methods: amr }, provenAgoMs) => {
    const claims = {
      sub: user.userId,
      email: user.email,
      name: fullName(user),
      roles: user.roles,
      sid,
      amr,
    };
    return { token: await sign(claims, lifetimeS, provenAgoMs), expiresInS: lifetimeS };
  },
});

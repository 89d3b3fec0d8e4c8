import type { Clock } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  endSession,
  INVALID_REFRESH_TOKEN,
  isReused,
  rotate,
  type InvalidRefreshToken,
} from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { AccessTokens, Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { makeGrant, type Grant } from './grant.ts';

/** Exchanges a refresh token for the next one and a new access token; a token that was used before ends its session. */
export const makeRefreshSession =
  (
    unitOfWork: UnitOfWork<UserTx>,
    tokens: AccessTokens,
    secrets: Secrets,
    clock: Clock,
    lifetimeMs: number,
  ) =>
  async (token: string): Promise<Result<Grant, InvalidRefreshToken>> => {
    const next = secrets.next();
    const rotated = await unitOfWork.run(
      async ({ users, sessions }): Promise<Result<User, InvalidRefreshToken>> => {
        const digest = secrets.digest(token);
        const session = await sessions.lockByToken(digest);
        if (!session) return INVALID_REFRESH_TOKEN;
        if (isReused(session, digest)) {
          await sessions.save(endSession(session)); // committed with the refusal
          return INVALID_REFRESH_TOKEN;
        }
        const user = await users.find(session.userId);
        if (!user) return INVALID_REFRESH_TOKEN;
        const turned = rotate(session, user, secrets.digest(next), clock.now(), lifetimeMs);
        if (!turned.ok) return turned;
        await sessions.save(turned.value);
        return ok(user);
      },
    );
    return rotated.ok ? ok(await makeGrant(tokens, rotated.value, next)) : rotated;
  };

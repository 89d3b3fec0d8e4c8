import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import {
  endSession,
  exchange,
  INVALID_REFRESH_TOKEN,
  standingOf,
  type InvalidRefreshToken,
  type Session,
  type SessionLifetime,
} from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';
import type { GiveAccess, Grant } from './grant.ts';

interface Renewed {
  readonly user: User;
  readonly session: Session;
}

/**
 * Exchanges a refresh token for the next one and a new access token. The next one is derived from it, so repeating the last
 * exchange returns the same; an older token ends its session, and the session's access tokens.
 * @param accessMs lifetime of access tokens
 */
export const makeRefreshSession =
  (
    unitOfWork: UnitOfWork<UserTx>,
    giveAccess: GiveAccess,
    secrets: Secrets,
    clock: Clock,
    lifetime: SessionLifetime,
    accessMs: number,
    toWire: ToWire<Publication>,
  ) =>
  async (token: string): Promise<Result<Grant, InvalidRefreshToken>> => {
    const next = secrets.successor(token);
    const presented = { digest: secrets.digest(token), successor: secrets.digest(next) };
    const renewed = await unitOfWork.run(
      async ({ users, sessions, outbox }): Promise<Result<Renewed, InvalidRefreshToken>> => {
        const now = clock.now();
        const session = await sessions.lockByToken(presented.digest);
        const user = session && (await users.find(session.userId));
        if (!user) return INVALID_REFRESH_TOKEN;
        if (standingOf(session, presented, now) === 'used') {
          if (session.ended) return INVALID_REFRESH_TOKEN;
          const { userId, sessionId } = session;
          await sessions.save(endSession(session)); // committed with the refusal
          await outbox.add(toWire(accessRevoked(user, { sessionId }, now, accessMs)));
          return err({ ...INVALID_REFRESH_TOKEN.error, reused: { userId, sessionId } });
        }
        const exchanged = exchange(session, user, presented, now, lifetime);
        if (!exchanged.ok) return exchanged;
        if (exchanged.value !== session) await sessions.save(exchanged.value);
        return ok({ user, session: exchanged.value });
      },
    );
    if (!renewed.ok) return renewed;
    const { user, session } = renewed.value;
    return ok({ user, access: await giveAccess(user, session), refreshToken: next });
  };

import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import { endSession } from '../domain/session.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

export interface Ended {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Ends the session that the refresh token belongs to, if there is one, and its access tokens.
 * @param accessMs lifetime of access tokens
 * @returns the session that ended
 */
export const makeLogOut =
  (
    unitOfWork: UnitOfWork<UserTx>,
    secrets: Secrets,
    clock: Clock,
    accessMs: number,
    toWire: ToWire<Publication>,
  ) =>
  (token: string): Promise<Ended | undefined> =>
    unitOfWork.run(async ({ users, sessions, outbox }) => {
      const session = await sessions.lockByToken(secrets.digest(token));
      const user = session && !session.ended && (await users.find(session.userId));
      if (!user) return undefined;
      await sessions.save(endSession(session));
      await outbox.add(toWire(accessRevoked(user, { sessionId: session.sessionId }, clock.now(), accessMs)));
      return { userId: user.userId, sessionId: session.sessionId };
    });

import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { endSession } from '../domain/session.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Ends the session that the refresh token belongs to, if there is one. */
export const makeLogOut =
  (unitOfWork: UnitOfWork<UserTx>, secrets: Secrets) =>
  (token: string): Promise<void> =>
    unitOfWork.run(async ({ sessions }) => {
      const session = await sessions.lockByToken(secrets.digest(token));
      if (session && !session.ended) await sessions.save(endSession(session));
    });

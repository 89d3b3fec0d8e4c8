import type { Clock } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countAttempt } from '../domain/attempts.ts';
import { normalizeEmail } from '../domain/email.ts';
import { passwordResetRequested } from '../domain/events.ts';
import { MOST_RESETS, startReset } from '../domain/password-reset.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Has a token mailed, if there is such an account and it was not mailed too often; says nothing of either. */
export const makeRequestPasswordReset =
  (unitOfWork: UnitOfWork<UserTx>, secrets: Secrets, clock: Clock) =>
  (email: string): Promise<void> =>
    unitOfWork.run(async ({ users, attempts, resets, outbox }) => {
      const [address, now] = [normalizeEmail(email), clock.now()];
      const account = secrets.digest(`password reset of ${address}`);
      const counted = countAttempt(await attempts.lock(account, now), now, MOST_RESETS);
      if (!counted.ok) return;
      await attempts.save(account, counted.value);
      const user = await users.findByEmail(address);
      if (!user) return;
      const token = secrets.next();
      const reset = startReset(user, secrets.digest(token), now);
      await resets.add(reset);
      await outbox.add(passwordResetRequested(user, token, reset.expiresAt));
    });

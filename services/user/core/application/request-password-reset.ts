import type { Clock } from '#kernel/clock.ts';
import type { Cause, ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countAttempt } from '../domain/attempts.ts';
import { normalizeEmail } from '#kernel/email.ts';
import type { Publication } from '../domain/events.ts';
import { MOST_MAILS, startReset } from '../domain/password-reset.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Tasks that issue the token of a password reset. */
export const MAIL_PASSWORD_RESET = 'mail-password-reset';

/**
 * Has a token mailed, if the account exists and the limit of mails is not reached; reveals neither. The work before the
 * response is the same for every address: a task looks up the account.
 */
export const makeRequestPasswordReset =
  (unitOfWork: UnitOfWork<UserTx>, secrets: Secrets, ids: Ids, clock: Clock) =>
  (email: string): Promise<void> =>
    unitOfWork.run(async ({ attempts, tasks }) => {
      const [address, now] = [normalizeEmail(email), clock.now()];
      const counter = secrets.digest(`password reset of ${address}`);
      const counted = countAttempt(await attempts.lock(counter, now), now, MOST_MAILS);
      if (!counted.ok) return;
      await attempts.save(counter, counted.value);
      await tasks.schedule({ key: ids.next(), kind: MAIL_PASSWORD_RESET, payload: { email: address } });
    });

/** Issues a token for the account with this normalised address, if there is one; the published event contains it. */
export const makeIssuePasswordReset =
  (secrets: Secrets, clock: Clock, toWire: ToWire<Publication>) =>
  async ({ users, resets, outbox }: UserTx, email: string, cause: Cause): Promise<void> => {
    const user = await users.findByEmail(email);
    if (!user || user.deactivatedAt) return;
    const token = secrets.next();
    const reset = startReset(user, secrets.digest(token), clock.now());
    await resets.add(reset);
    const { expiresAt } = reset;
    await outbox.add({ ...toWire({ type: 'user.password_reset_requested', user, token, expiresAt }), cause });
  };

export type IssuePasswordReset = ReturnType<typeof makeIssuePasswordReset>;

import type { Clock } from '#kernel/clock.ts';
import { isUuid } from '#kernel/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Feedback } from '../domain/suppression.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/** Takes what a provider reports, whose signature is verified. Reports may come again. */
export const makeTakeFeedback =
  (unitOfWork: UnitOfWork<NotificationTx>) =>
  async (reports: readonly Feedback[]): Promise<void> => {
    for (const { at, notificationId, suppress, failure } of reports)
      await unitOfWork.run(async ({ notifications, suppressions }) => {
        if (suppress) await suppressions.add({ ...suppress, since: at });
        if (failure !== undefined && notificationId !== undefined && isUuid(notificationId))
          await notifications.bounce(notificationId, failure);
      });
  };

/** Allows mails to an address again. @returns false if they were allowed */
export const makeLiftSuppression =
  (unitOfWork: UnitOfWork<NotificationTx>, clock: Clock) =>
  (email: string): Promise<boolean> =>
    unitOfWork.run(({ suppressions }) => suppressions.lift(email, clock.now()));

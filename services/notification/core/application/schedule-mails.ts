import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { MailContent } from '../domain/mail.ts';
import { mailContentOf } from '../domain/mail-content.ts';
import type { News } from '../domain/news.ts';
import { pending } from '../domain/notification.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/** An event, and the cause of the task that sends its mail. */
export interface Reported {
  readonly news: News;
  readonly cause: Cause;
}

/**
 * Schedules a mail per event, in the consumer's unit.
 * @param toTask the task that sends a mail, in its stored format
 */
export const makeScheduleMails =
  (toTask: (content: MailContent) => NewTask, clock: Clock) =>
  async ({ notifications, tasks }: NotificationTx, reported: readonly Reported[]): Promise<void> => {
    const mails = reported.map(({ news, cause }) => ({ content: mailContentOf(news), cause }));
    await notifications.add(mails.map(({ content }) => pending(content, clock.now())));
    await tasks.schedule(...mails.map(({ content, cause }) => ({ ...toTask(content), cause })));
  };

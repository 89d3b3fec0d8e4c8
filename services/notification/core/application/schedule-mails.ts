import type { Clock } from '#kernel/clock.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { MailContent, MailKind } from '../domain/mail.ts';
import { mailContentOf } from '../domain/mail-content.ts';
import { pending } from '../domain/notification.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/**
 * Schedules a mail per event, in the consumer's unit.
 * @param toTask the task that sends a mail, in its stored format
 */
export const makeScheduleMails =
  (toTask: (content: MailContent) => NewTask, clock: Clock) =>
  async <Kind extends MailKind>(
    { notifications, tasks }: NotificationTx,
    events: readonly EventEnvelope<Kind>[],
  ): Promise<void> => {
    const mails = events.map((event) => ({ content: mailContentOf(event), cause: causeOf(event) }));
    await notifications.add(mails.map(({ content }) => pending(content, clock.now())));
    await tasks.schedule(...mails.map(({ content, cause }) => ({ ...toTask(content), cause })));
  };

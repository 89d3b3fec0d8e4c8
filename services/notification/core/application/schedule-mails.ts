import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { Channel } from '../domain/kinds.ts';
import type { MailContent } from '../domain/mail.ts';
import { mailContentOf } from '../domain/mail-content.ts';
import type { News } from '../domain/news.ts';
import { pending, type Notification } from '../domain/notification.ts';
import { initialPreferences, isDaily, isOn, type Preferences } from '../domain/preferences.ts';
import { dueAt } from '../domain/quiet-hours.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/** An event, and the cause of the tasks that send its messages. */
export interface Reported {
  readonly news: News;
  /** That of the unit of work by default. */
  readonly cause?: Cause;
}

export interface SchedulingTools {
  readonly clock: Clock;
  /** The task that sends a message, in its stored format. @param to where to, unless it is a mail */
  readonly toTask: (content: MailContent, channel: Channel, to?: string) => NewTask;
  /** The channels that this shop has. */
  readonly channels: ReadonlySet<Channel>;
  /** The ID of the message about an event to one of several addresses. */
  readonly idOf: (eventId: string, channel: Channel, to: string) => string;
}

interface Scheduled {
  readonly notification: Notification;
  readonly task: NewTask;
}

/**
 * Schedules the messages about events, in the unit of work that has learned of them: on the channels and in the language that
 * the recipient has chosen, and not in quiet hours. A mail that waits for a digest is not scheduled.
 */
export const makeScheduleMails = ({ clock, toTask, channels, idOf }: SchedulingTools) => {
  const messagesAbout = (news: News, preferences: Preferences): readonly Scheduled[] => {
    const now = clock.now();
    const content = mailContentOf(news, preferences.locale);
    const noted = pending(content, now, news);
    const scheduled = (channel: Channel, notification: Notification, to?: string): Scheduled => {
      const due = dueAt(now, news.kind, channel, preferences);
      const task = toTask({ ...content, mailId: notification.notificationId }, channel, to);
      return { notification, task: due > now ? { ...task, runAt: due } : task };
    };
    const addresses: Readonly<Record<Exclude<Channel, 'email'>, readonly string[]>> = {
      sms: preferences.phone?.isConfirmed === true ? [preferences.phone.number] : [],
      push: preferences.pushTokens,
    };
    const elsewhere = (['sms', 'push'] as const)
      .filter((channel) => channels.has(channel) && isOn(preferences, news.kind, channel))
      .flatMap((channel) =>
        addresses[channel].map((to) => {
          const notificationId = idOf(news.eventId, channel, to);
          const recipient = channel === 'sms' ? to : noted.recipient;
          return scheduled(channel, { ...noted, notificationId, channel, recipient }, to);
        }),
      );
    const isMailed = isOn(preferences, news.kind, 'email') && !isDaily(preferences, news.kind);
    return isMailed ? [scheduled('email', noted), ...elsewhere] : elsewhere;
  };
  return async (
    { notifications, tasks, preferences }: NotificationTx,
    reported: readonly Reported[],
  ): Promise<void> => {
    const chosen = await preferences.findAll(reported.map(({ news }) => news.userId));
    const messages = reported.flatMap(({ news, cause }) =>
      messagesAbout(news, chosen.get(news.userId) ?? initialPreferences(news.userId)).map((message) => ({
        ...message,
        cause,
      })),
    );
    await notifications.add(messages.map(({ notification }) => notification));
    await tasks.schedule(
      ...messages.map(({ task, cause }) => (cause === undefined ? task : { ...task, cause })),
    );
  };
};

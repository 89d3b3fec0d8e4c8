import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Channel } from '../domain/kinds.ts';
import type { Locale } from '../domain/locale.ts';
import type { MailContent } from '../domain/mail.ts';
import { mailContentOf } from '../domain/mail-content.ts';
import type { News } from '../domain/news.ts';
import { pending, type Notification } from '../domain/notification.ts';
import type { Rendered, Renderer } from '../ports/mailer.ts';
import type { NotificationQueries } from '../ports/notification-queries.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

type Refused = Refusal<'NOTIFICATION_NOT_FOUND' | 'NOT_KEPT'>;

const newsOf = (notification: Notification | undefined): Result<News, Refused> => {
  if (!notification) return refuse('NOTIFICATION_NOT_FOUND', 'There is no such message.');
  if (!notification.news)
    return refuse('NOT_KEPT', 'Messages about accounts, and those of earlier versions, are not kept.');
  return ok(notification.news);
};

/** Sends a mail again: a message of its own, with the same news. */
export const makeResend =
  (
    unitOfWork: UnitOfWork<NotificationTx>,
    queries: Pick<NotificationQueries, 'find' | 'preferences'>,
    toTask: (content: MailContent, channel: Channel) => NewTask,
    ids: Ids,
    clock: Clock,
  ) =>
  async (notificationId: string): Promise<Result<Notification, Refused>> => {
    const news = newsOf(await queries.find(notificationId));
    if (!news.ok) return news;
    const preferences = await queries.preferences(news.value.userId);
    const again = { ...news.value, eventId: ids.next() };
    const content = mailContentOf(again, preferences?.locale);
    const notification = pending(content, clock.now(), again);
    await unitOfWork.run(async ({ notifications, tasks }) => {
      await notifications.add([notification]);
      await tasks.schedule(toTask(content, 'email'));
    });
    return ok(notification);
  };

/** Renders the mail about what another one was about, with the templates of now. */
export const makePreview =
  (queries: Pick<NotificationQueries, 'find'>, renderer: Pick<Renderer, 'render'>) =>
  async (notificationId: string, locale: Locale | undefined): Promise<Result<Rendered, Refused>> => {
    const news = newsOf(await queries.find(notificationId));
    return news.ok ? ok(renderer.render(mailContentOf(news.value, locale))) : news;
  };

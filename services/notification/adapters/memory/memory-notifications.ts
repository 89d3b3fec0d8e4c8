import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { Notification } from '../../core/domain/notification.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../../core/ports/mailbox.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationRepository } from '../../core/ports/notification-tx.ts';

const notificationsOf = (tables: MemoryTables) => tables.table<Notification>('notifications');
const mailsOf = (tables: MemoryTables) => tables.table<KeptMail>('mailbox');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const memoryNotificationRepository = (tx: MemoryTransaction): NotificationRepository => ({
  add: async (notifications) => {
    for (const notification of notifications)
      if (!notificationsOf(tx).get(notification.notificationId))
        notificationsOf(tx).put(notification.notificationId, notification);
    await Promise.resolve();
  },
  settle: async (settled) => {
    for (const { notificationId, delivery, settledAt } of settled) {
      const known = notificationsOf(tx).get(notificationId);
      if (known) notificationsOf(tx).put(notificationId, { ...known, ...delivery, settledAt });
    }
    await Promise.resolve();
  },
});

export const memoryNotificationQueries = ({ committed }: MemoryDatabase): NotificationQueries => ({
  ofOrder: (orderId) =>
    Promise.resolve(
      notificationsOf(committed)
        .find((notification) => notification.orderId === orderId)
        .sort(
          (a, b) =>
            b.createdAt.getTime() - a.createdAt.getTime() || compare(b.notificationId, a.notificationId),
        ),
    ),
});

const newestFirst = (a: KeptMail, b: KeptMail): number =>
  b.sentAt.getTime() - a.sentAt.getTime() || compare(b.mailId, a.mailId);

export const memoryMailbox = (database: MemoryDatabase): Mailbox => ({
  keep: (mail) =>
    database.transaction(async (tx) => {
      if (!mailsOf(tx).get(mail.mailId)) mailsOf(tx).put(mail.mailId, mail);
      const surplus = mailsOf(tx).find().sort(newestFirst).slice(MAILBOX_SIZE);
      for (const { mailId } of surplus) mailsOf(tx).delete(mailId);
      await Promise.resolve();
    }),
  list: ({ to, limit }) =>
    Promise.resolve(
      mailsOf(database.committed)
        .find((mail) => to === undefined || mail.to.email === to)
        .sort(newestFirst)
        .slice(0, limit),
    ),
  find: (mailId) => Promise.resolve(mailsOf(database.committed).get(mailId)),
});

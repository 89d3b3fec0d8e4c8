import { memoryDocumentQueries } from '#adapters/memory/documents.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Notification } from '../../core/domain/notification.ts';
import { MAILBOX_SIZE, type KeptMail, type Mailbox } from '../../core/ports/mailbox.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationRepository } from '../../core/ports/notification-tx.ts';
import { memoryAlertQueries } from './memory-alerts.ts';
import { NOTIFICATIONS, positionIn, totalsIn } from '../listed.ts';
import { documentQueriesIn } from '../stores.ts';

const notificationsOf = (tables: MemoryTables) => tables.table<Notification>('notifications');
const mailsOf = (tables: MemoryTables) => tables.table<KeptMail>('mailbox');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const removed = (tx: MemoryTransaction, limit: number, is: (one: Notification) => boolean): number => {
  const found = notificationsOf(tx).find(is).slice(0, limit);
  for (const { notificationId } of found) notificationsOf(tx).delete(notificationId);
  return found.length;
};

export const memoryNotificationRepository = (tx: MemoryTransaction): NotificationRepository => ({
  add: async (notifications) => {
    for (const notification of notifications)
      if (!notificationsOf(tx).get(notification.notificationId))
        notificationsOf(tx).put(notification.notificationId, notification);
    await Promise.resolve();
  },
  settle: async (settled) => {
    for (const { notificationId, outcome, settledAt } of settled) {
      const known = notificationsOf(tx).get(notificationId);
      const { edition, status } = outcome;
      const said = status === 'sent' ? { providerId: outcome.providerId } : { failure: outcome.failure };
      if (known)
        notificationsOf(tx).put(notificationId, { ...known, status, ...said, ...edition, settledAt });
    }
    await Promise.resolve();
  },
  bounce: async (notificationId, failure) => {
    const known = notificationsOf(tx).get(notificationId);
    if (known?.status === 'sent')
      notificationsOf(tx).put(notificationId, { ...known, status: 'failed', failure });
    await Promise.resolve();
  },
  forgetOf: (userId, limit) =>
    Promise.resolve(removed(tx, limit, (one) => one.userId === userId && one.status !== 'pending')),
  forgetBefore: (horizon, limit) =>
    Promise.resolve(removed(tx, limit, (one) => one.createdAt < horizon && one.status !== 'pending')),
  totals: (orderIds) => {
    const placed = notificationsOf(tx).find(
      ({ kind, orderId }) => kind === 'order.placed' && orderIds.includes(orderId ?? ''),
    );
    return Promise.resolve(totalsIn(placed));
  },
});

const byAge = (a: Notification, b: Notification): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || compare(b.notificationId, a.notificationId);

export const memoryNotificationQueries = (database: MemoryDatabase): NotificationQueries => {
  const matching = (is: (notification: Notification) => boolean): Notification[] =>
    notificationsOf(database.committed).find(is).sort(byAge);
  return {
    ...documentQueriesIn((kind) => memoryDocumentQueries(database, kind)),
    alerts: memoryAlertQueries(database.committed),
    find: (notificationId) => Promise.resolve(notificationsOf(database.committed).get(notificationId)),
    ofOrder: (orderId) => Promise.resolve(matching((one) => one.orderId === orderId)),
    page: async ({ limit, cursor, orderId, userId, kind, statuses }) => {
      const after = positionOf({ cursor }, NOTIFICATIONS, 'time');
      if (!after.ok) return after;
      const found = matching(
        (one) =>
          (orderId === undefined || one.orderId === orderId) &&
          (userId === undefined || one.userId === userId) &&
          (kind === undefined || one.kind === kind) &&
          (statuses === undefined || statuses.includes(one.status)) &&
          (after.value === undefined ||
            compare(one.createdAt.toISOString(), String(after.value.value)) < 0 ||
            (one.createdAt.toISOString() === after.value.value && one.notificationId < after.value.id)),
      );
      return Promise.resolve(pageOf(found.slice(0, limit + 1), limit, positionIn));
    },
  };
};

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

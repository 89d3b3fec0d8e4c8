import type { Sql } from '#adapters/postgres/sql.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { MailKind } from '../../core/domain/mail.ts';
import type { Notification } from '../../core/domain/notification.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationRepository } from '../../core/ports/notification-tx.ts';

/** All additions of a unit are written as one statement at its end. */
export const postgresNotificationRepository = (tx: SqlTransaction): NotificationRepository => {
  const added: Notification[] = [];
  const flush = (): Promise<void> =>
    tx.write({
      table: 'notifications',
      text: `insert into notification.notifications
               (notification_id, kind, order_id, recipient, subject, status, created_at)
             select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
             on conflict (notification_id) do nothing`,
      params: [
        added.map(({ notificationId }) => notificationId),
        added.map(({ kind }) => kind),
        added.map(({ orderId }) => orderId ?? null),
        added.map(({ recipient }) => recipient),
        added.map(({ subject }) => subject),
        added.map(({ status }) => status),
        added.map(({ createdAt }) => createdAt),
      ],
    });
  return {
    add: async (notifications) => {
      if (notifications.length === 0) return;
      if (added.length === 0) tx.beforeCommit(flush);
      added.push(...notifications);
      await Promise.resolve();
    },
    settle: (settled) =>
      tx.write({
        table: 'notifications',
        text: `update notification.notifications n
               set status = s.status, settled_at = s.settled_at, failure = s.failure
               from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) s (id, status, settled_at, failure)
               where n.notification_id = s.id`,
        params: [
          settled.map(({ notificationId }) => notificationId),
          settled.map(({ delivery }) => delivery.status),
          settled.map(({ settledAt }) => settledAt),
          settled.map(({ delivery }) => (delivery.status === 'failed' ? delivery.failure : null)),
        ],
      }),
  };
};

interface NotificationRow {
  readonly notification_id: string;
  readonly kind: MailKind;
  readonly order_id: string | null;
  readonly recipient: string;
  readonly subject: string;
  readonly status: Notification['status'];
  readonly created_at: Date;
  readonly settled_at: Date | null;
  readonly failure: string | null;
}

const toNotification = (row: NotificationRow): Notification => ({
  notificationId: row.notification_id,
  kind: row.kind,
  ...(row.order_id === null ? {} : { orderId: row.order_id }),
  recipient: row.recipient,
  subject: row.subject,
  status: row.status,
  createdAt: row.created_at,
  ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
  ...(row.failure === null ? {} : { failure: row.failure }),
});

export const postgresNotificationQueries = (sql: Sql): NotificationQueries => ({
  ofOrder: async (orderId) => {
    const rows = await sql.query<NotificationRow>(
      `select notification_id, kind, order_id, recipient, subject, status, created_at, settled_at, failure
       from notification.notifications where order_id = $1 order by created_at desc, notification_id desc`,
      [orderId],
    );
    return rows.map(toNotification);
  },
});

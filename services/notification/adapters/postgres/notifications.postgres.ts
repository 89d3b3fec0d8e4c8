import { postgresAdditions } from '#adapters/postgres/records.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Notification } from '../../core/domain/notification.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationRepository } from '../../core/ports/notification-tx.ts';

const notifications = declareTable<Notification>({
  name: 'notification.notifications',
  key: ['notificationId'],
  columns: {
    notificationId: 'uuid',
    kind: 'text',
    orderId: 'uuid',
    recipient: 'text',
    subject: 'text',
    status: 'text',
    createdAt: 'timestamptz',
    settledAt: 'timestamptz',
    failure: 'text',
  },
});

export const postgresNotificationRepository = (tx: SqlTransaction): NotificationRepository => ({
  add: postgresAdditions(tx, notifications.insertMissing),
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
});

export const postgresNotificationQueries = (sql: Sql): NotificationQueries => ({
  ofOrder: (orderId) =>
    notifications.select(sql, 'where order_id = $1 order by created_at desc, notification_id desc', [
      orderId,
    ]),
});

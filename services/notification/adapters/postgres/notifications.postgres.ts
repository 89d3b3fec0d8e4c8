import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import { postgresDocumentQueries } from '#adapters/postgres/documents.ts';
import { postgresAdditions } from '#adapters/postgres/records.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Notification, Outcome } from '../../core/domain/notification.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { NotificationRepository } from '../../core/ports/notification-tx.ts';
import { postgresAlertQueries } from './alerts.postgres.ts';
import { NOTIFICATIONS, positionIn, totalsIn } from '../listed.ts';
import { documentQueriesIn } from '../stores.ts';

const notifications = declareTable<Notification>({
  name: 'notification.notifications',
  key: ['notificationId'],
  columns: {
    notificationId: 'uuid',
    kind: 'text',
    channel: 'text',
    userId: 'uuid',
    orderId: 'uuid',
    recipient: 'text',
    subject: 'text',
    status: 'text',
    createdAt: 'timestamptz',
    settledAt: 'timestamptz',
    failure: 'text',
    providerId: 'text',
    locale: 'text',
    template: 'text',
    news: 'jsonb',
  },
});

const removed = async (
  tx: SqlTransaction,
  condition: string,
  param: unknown,
  limit: number,
): Promise<number> => {
  const rows = await tx.execute(
    `delete from notification.notifications where notification_id in
       (select notification_id from notification.notifications where ${condition} and status <> 'pending' limit $2)
     returning 1`,
    [param, limit],
  );
  return rows.length;
};

export const postgresNotificationRepository = (tx: SqlTransaction): NotificationRepository => ({
  add: postgresAdditions(tx, notifications.insertMissing),
  settle: (settled) => {
    const of = (read: (outcome: Outcome) => string | undefined): readonly (string | null)[] =>
      settled.map(({ outcome }) => read(outcome) ?? null);
    return tx.write({
      table: 'notifications',
      text: `update notification.notifications n
               set status = s.status, settled_at = s.settled_at, failure = s.failure, provider_id = s.provider_id,
                   locale = coalesce(s.locale, n.locale), template = s.template
               from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[])
                 s (id, status, settled_at, failure, provider_id, locale, template)
               where n.notification_id = s.id`,
      params: [
        settled.map(({ notificationId }) => notificationId),
        of(({ status }) => status),
        settled.map(({ settledAt }) => settledAt),
        of((outcome) => (outcome.status === 'sent' ? undefined : outcome.failure)),
        of((outcome) => (outcome.status === 'sent' ? outcome.providerId : undefined)),
        of(({ edition }) => edition?.locale),
        of(({ edition }) => edition?.template),
      ],
    });
  },
  bounce: (notificationId, failure) =>
    tx.write({
      table: 'notifications',
      text: `update notification.notifications set status = 'failed', failure = $2
             where notification_id = $1 and status = 'sent'`,
      params: [notificationId, failure],
    }),
  forgetOf: (userId, limit) => removed(tx, 'user_id = $1', userId, limit),
  forgetBefore: (horizon, limit) => removed(tx, 'created_at < $1', horizon, limit),
  totals: async (orderIds) =>
    totalsIn(
      await notifications.select(tx, "where order_id = any($1::uuid[]) and kind = 'order.placed'", [
        orderIds,
      ]),
    ),
});

const NEWEST = 'order by created_at desc, notification_id desc';

export const postgresNotificationQueries = (sql: Sql): NotificationQueries => ({
  ...documentQueriesIn((kind) => postgresDocumentQueries(sql, 'notification', kind)),
  alerts: postgresAlertQueries(sql),
  find: async (notificationId) => (await notifications.find(sql, [notificationId])).get(notificationId),
  ofOrder: (orderId) => notifications.select(sql, `where order_id = $1 ${NEWEST}`, [orderId]),
  page: async ({ limit, cursor, orderId, userId, kind, statuses }) => {
    const after = positionOf({ cursor }, NOTIFICATIONS, 'time');
    if (!after.ok) return after;
    const conditions: string[] = [];
    const params: unknown[] = [limit + 1];
    const where = (value: unknown, condition: (param: string) => string): void => {
      if (value !== undefined) conditions.push(condition(`$${params.push(value)}`));
    };
    where(orderId, (param) => `order_id = ${param}::uuid`);
    where(userId, (param) => `user_id = ${param}::uuid`);
    where(kind, (param) => `kind = ${param}`);
    where(statuses, (param) => `status = any(${param}::text[])`);
    if (after.value) {
      const [time, id] = [params.push(after.value.value), params.push(after.value.id)];
      conditions.push(`(created_at, notification_id) < ($${time}::timestamptz, $${id}::uuid)`);
    }
    const clause = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
    const found = await notifications.select(sql, `${clause} ${NEWEST} limit $1`, params);
    return pageOf(found, limit, positionIn);
  },
});

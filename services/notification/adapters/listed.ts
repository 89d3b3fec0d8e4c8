import type { Position } from '#adapters/pagination/cursor.ts';
import type { Money } from '#kernel/money.ts';
import type { Notification } from '../core/domain/notification.ts';

/** The list of notifications, in its cursors. */
export const NOTIFICATIONS = 'notifications';

export const positionIn = ({ createdAt, notificationId }: Notification): Position => ({
  list: NOTIFICATIONS,
  value: createdAt.toISOString(),
  id: notificationId,
});

/** What orders cost, as the mails about their arrival say. */
export const totalsIn = (placed: readonly Notification[]): ReadonlyMap<string, Money> =>
  new Map(
    placed.flatMap(({ orderId, news }) =>
      orderId !== undefined && news?.kind === 'order.placed' ? [[orderId, news.facts.total] as const] : [],
    ),
  );

import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Notification, Settled } from '../domain/notification.ts';
import type { Webhooks } from './webhooks.ts';

/** The notification service's unit of work. */
export interface NotificationTx extends BaseTx {
  readonly notifications: NotificationRepository;
  readonly webhooks: Webhooks;
}

export interface NotificationRepository {
  /** Adding an existing one has no effect. */
  add(notifications: readonly Notification[]): Promise<void>;
  settle(settled: readonly Settled[]): Promise<void>;
}

import type { Notification } from '../domain/notification.ts';

/** Reads of what is committed. */
export interface NotificationQueries {
  /** Of an order, the newest first. */
  ofOrder(orderId: string): Promise<Notification[]>;
}

import type { Notification } from '../domain/notification.ts';

/** Reads of what is committed. */
export interface NotificationQueries {
  /** The notifications of an order, newest first. */
  ofOrder(orderId: string): Promise<Notification[]>;
}

import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { AlertQueries } from './alerts.ts';
import type { StoredKind } from '../domain/mail.ts';
import type { Notification } from '../domain/notification.ts';
import type { Person } from '../domain/recipient.ts';
import type { Digest } from '../domain/digest.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { WatchedCart } from '../domain/watched-cart.ts';
import type { Suppression } from '../domain/suppression.ts';

export interface NotificationFilter {
  readonly orderId?: string | undefined;
  readonly userId?: string | undefined;
  readonly kind?: StoredKind | undefined;
  readonly statuses?: readonly Notification['status'][] | undefined;
}

/** Reads of what is committed. */
export interface NotificationQueries {
  readonly alerts: AlertQueries;
  find(notificationId: string): Promise<Notification | undefined>;
  /** The notifications of an order, newest first. */
  ofOrder(orderId: string): Promise<Notification[]>;
  /** Newest first. */
  page(request: PageRequest & NotificationFilter): Promise<PageResult<Notification>>;
  preferences(userId: string): Promise<Preferences | undefined>;
  digest(userId: string): Promise<Digest | undefined>;
  isReviewed(orderId: string): Promise<boolean>;
  cart(userId: string): Promise<WatchedCart | undefined>;
  person(userId: string): Promise<Person | undefined>;
  /** Undefined once it is lifted. */
  suppression(email: string): Promise<Suppression | undefined>;
}

import type { Documents } from '#kernel/documents.ts';
import type { Money } from '#kernel/money.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Notification, Settled } from '../domain/notification.ts';
import type { Webhooks } from './webhooks.ts';
import type { AlertRepository } from './alerts.ts';
import type { Digest } from '../domain/digest.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { Person } from '../domain/recipient.ts';
import type { WatchedCart } from '../domain/watched-cart.ts';
import type { Suppression } from '../domain/suppression.ts';

/** The notification service's unit of work. */
export interface NotificationTx extends BaseTx {
  readonly notifications: NotificationRepository;
  readonly webhooks: Webhooks;
  /** By user ID, which is also the name of each. */
  readonly people: ById<Person>;
  readonly preferences: ById<Preferences>;
  readonly suppressions: SuppressionRepository;
  readonly reviewed: ReviewedOrders;
  readonly carts: ById<WatchedCart>;
  readonly alerts: AlertRepository;
  readonly digests: ById<Digest>;
}

export interface NotificationRepository {
  /** Adding an existing one has no effect. */
  add(notifications: readonly Notification[]): Promise<void>;
  settle(settled: readonly Settled[]): Promise<void>;
  /** Marks a sent message as failed; no other. */
  bounce(notificationId: string, failure: string): Promise<void>;
  /** Deletes the log of messages to a user, except of those that are not sent yet; returns how many, at most `limit`. */
  forgetOf(userId: string, limit: number): Promise<number>;
  /** Deletes the log of messages before; returns how many, at most `limit`. */
  forgetBefore(horizon: Date, limit: number): Promise<number>;
  /** What orders cost, by order, as far as they were announced to this service. */
  totals(orderIds: readonly string[]): Promise<ReadonlyMap<string, Money>>;
}

/** Documents by the ID of a user, or of an order. */
export interface ById<T extends { readonly id: string; readonly version: number }> {
  find(id: string): Promise<T | undefined>;
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** Throws `VersionConflict` unless it follows the stored version. */
  save(changed: T): Promise<void>;
}

/** A document has the ID of what it is about; that is also its name, by which several are found at once. */
export const byId = <T extends { readonly id: string; readonly version: number }>(
  documents: Documents<T>,
): ById<T> => ({
  find: (id) => documents.find(id),
  findAll: (ids) => documents.allByName([...new Set(ids)]),
  save: (changed) => documents.save(changed, changed.version === 1 ? [changed.id] : undefined),
});

export interface SuppressionRepository {
  /** A report that was known, or is older than the decision of staff, has no effect. */
  add(report: Pick<Suppression, 'email' | 'reason' | 'since'>): Promise<void>;
  /** Deletes what is known about an address. */
  forget(email: string): Promise<void>;
  /** Allows mails again; false if the address is not suppressed. */
  lift(email: string, now: Date): Promise<boolean>;
}

/** Orders whose customers have reviewed something of them. */
export interface ReviewedOrders {
  /** Adding one again has no effect. */
  add(orderIds: readonly string[]): Promise<void>;
}

import type { MailKind, StoredKind } from './mail.ts';

export const CHANNELS = ['email', 'sms', 'push'] as const;

export type Channel = (typeof CHANNELS)[number];

/**
 * - `security`: about an account; goes out whatever the recipient has chosen, at any hour, and even to an address that refused mails.
 * - `order`: about a purchase; waits for the end of quiet hours only on a phone.
 * - `marketing`: only to a proven address, with a link to unsubscribe, and never in quiet hours.
 */
export type Category = 'security' | 'order' | 'marketing';

/** What is said about a channel of a kind before its recipient says something else; `must` cannot be changed. */
export type Initially = 'must' | 'on' | 'off';

export interface Kind {
  readonly category: Category;
  /** A channel that is absent is not used. */
  readonly channels: { readonly [C in Channel]?: Initially };
  /** It brings together messages of these kinds that have waited. It is wanted as long as one of them is, and is not chosen itself. */
  readonly holds?: readonly MailKind[];
}

/** What a user has asked for, product by product. Mails about it may wait for a daily digest. */
export const ALERT_KINDS = ['stock.available', 'price.dropped'] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

export const isAlertKind = (kind: string): kind is AlertKind => ALERT_KINDS.some((one) => one === kind);

const security: Kind = { category: 'security', channels: { email: 'must' } };
/** What a seller must say about a contract. */
const contract: Kind = { category: 'order', channels: { email: 'must', push: 'off' } };
const parcel: Kind = { category: 'order', channels: { email: 'on', sms: 'off', push: 'off' } };
const trouble: Kind = { category: 'order', channels: { email: 'must', sms: 'off', push: 'off' } };
const alert: Kind = { category: 'marketing', channels: { email: 'on', push: 'off' } };
const digest: Kind = { category: 'marketing', channels: { email: 'on' }, holds: ALERT_KINDS };
/** Needs consent. */
const promotion: Kind = { category: 'marketing', channels: { email: 'off', push: 'off' } };

/** How each kind of message is treated. All rules read this table. */
export const KINDS: Readonly<Record<StoredKind, Kind>> = {
  'user.invited': security,
  'user.email_verification_requested': security,
  'user.email_verified': security,
  'user.logged_in_elsewhere': security,
  'user.email_change_requested': security,
  'user.email_changed': security,
  'user.factors_changed': security,
  'user.registration_repeated': security,
  'user.erasure_requested': security,
  'user.erased': security,
  'user.password_reset_requested': security,
  'user.registered': security,
  'order.placed': contract,
  'order.confirmed': contract,
  'order.cancelled': contract,
  'order.address_changed': contract,
  'order.refunded': contract,
  'return.requested': contract,
  'return.approved': contract,
  'return.rejected': contract,
  'return.received': contract,
  'return.refunded': contract,
  'return.payment_requested': contract,
  'return.exchanged': contract,
  'payment.failed': contract,
  'shipment.created': parcel,
  'order.delivered': parcel,
  'shipment.lost': trouble,
  'shipment.returned': trouble,
  'stock.available': alert,
  'price.dropped': alert,
  'alerts.digest': digest,
  'review.requested': promotion,
  'cart.abandoned': promotion,
  'webhook.endpoint_disabled': security,
};

export const categoryOf = (kind: StoredKind): Category => KINDS[kind].category;

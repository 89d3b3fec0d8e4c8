import type { Locale } from './locale.ts';

/** The event types that lead to a mail. */
export const EVENT_KINDS = [
  'user.invited',
  'user.email_verification_requested',
  'user.email_verified',
  'user.logged_in_elsewhere',
  'user.email_change_requested',
  'user.email_changed',
  'user.factors_changed',
  'user.registration_repeated',
  'user.erasure_requested',
  'user.erased',
  'user.password_reset_requested',
  'order.placed',
  'order.confirmed',
  'order.cancelled',
  'order.address_changed',
  'shipment.created',
  'order.delivered',
  'order.refunded',
  'return.requested',
  'return.approved',
  'return.rejected',
  'return.received',
  'return.refunded',
  'return.payment_requested',
  'return.exchanged',
  'payment.failed',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** What mails are about: an event, or what the shop concludes from events. */
export const MAIL_KINDS = [
  ...EVENT_KINDS,
  'shipment.lost',
  'shipment.returned',
  'review.requested',
  'cart.abandoned',
  'stock.available',
  'price.dropped',
  'alerts.digest',
] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** Kinds of stored mails whose events no longer lead to one: these may still have to be sent. */
export const FORMER_KINDS = ['user.registered'] as const;

/** Kinds of mails to the shop's own staff. */
export const STAFF_KINDS = ['webhook.endpoint_disabled'] as const;

/** Kinds of mails that may be stored. */
export const STORED_KINDS = [...MAIL_KINDS, ...FORMER_KINDS, ...STAFF_KINDS] as const;

export type StoredKind = (typeof STORED_KINDS)[number];

/** The content and recipient of a mail, before its template is applied. Plain JSON. */
export interface MailContent {
  /** The event's ID: one mail per event. */
  readonly mailId: string;
  readonly kind: StoredKind;
  /** English if absent. */
  readonly locale?: Locale;
  /** The user it is for, if they have an account. */
  readonly userId?: string;
  /** The order concerned. */
  readonly orderId?: string;
  readonly to: Recipient;
  readonly subject: string;
  /** What the template shows, formatted. */
  readonly data: TemplateData;
}

export interface Recipient {
  readonly email: string;
  readonly name: string;
}

export type TemplateData = Readonly<Record<string, unknown>>;

/** A rendered mail. */
export interface Mail {
  /** The event's ID, used as `Message-ID`, so that a mail that is sent twice is recognised. */
  readonly mailId: string;
  readonly kind: StoredKind;
  readonly to: Recipient;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

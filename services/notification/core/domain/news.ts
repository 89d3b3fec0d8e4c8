import type { Money } from '#kernel/money.ts';
import type { MailKind, Recipient } from './mail.ts';

/** An event that leads to a mail, in the terms of this service. */
export type News<Of extends MailKind = MailKind> = {
  [Kind in Of]: {
    /** The event's ID. */
    readonly eventId: string;
    readonly kind: Kind;
    readonly userId: string;
    readonly facts: Facts[Kind];
  };
}[Of];

/** What the mails of each kind are about. Times are RFC 3339. */
export interface Facts {
  'user.invited': Owner & { readonly token: string; readonly expiresAt: string };
  'user.email_verification_requested': Owner & { readonly token: string; readonly expiresAt: string };
  'user.email_verified': Owner;
  'user.logged_in_elsewhere': Owner & { readonly device: string; readonly at: string };
  'user.email_change_requested': Owner;
  /** `email` is the previous address. */
  'user.email_changed': Owner;
  'user.factors_changed': Owner & { readonly change: string; readonly at: string };
  'user.registration_repeated': Owner;
  'user.erasure_requested': Owner;
  'user.erased': Owner & { readonly kept: readonly Kept[] };
  'user.password_reset_requested': Owner & { readonly token: string; readonly expiresAt: string };
  'order.placed': Order & {
    readonly placedAt: string;
    readonly subtotal: Money;
    readonly shippingPrice: Money;
    readonly tax: Money;
    readonly isTaxIncluded: boolean;
  };
  'order.confirmed': Order & { readonly attempt: number };
  'order.cancelled': AboutOrder & { readonly reason: string; readonly total: Money };
  'order.address_changed': AboutOrder & {
    readonly address: Address;
    /** Gives access to the order; only of a guest. */
    readonly orderToken?: string | undefined;
  };
  'shipment.created': AboutOrder & {
    readonly attempt: number;
    readonly carrier: string;
    readonly service: string;
    readonly trackingNumber: string;
    /** A date. */
    readonly estimatedDelivery: string;
  };
  'order.delivered': AboutOrder & { readonly deliveredAt: string };
  'order.refunded': AboutOrder & {
    readonly amount: Money;
    /** With earlier refunds. */
    readonly total: Money;
    /** What the order cost; absent if that is unknown. */
    readonly orderTotal?: Money;
    readonly reason: string;
  };
  'return.requested': AboutReturn;
  'return.approved': AboutReturn & {
    /** Where to send the goods. */
    readonly address: readonly string[];
    readonly instructions?: string | undefined;
  };
  'return.rejected': AboutReturn & { readonly reason: string };
  'return.received': AboutReturn;
  'return.refunded': AboutReturn & { readonly amount: Money };
  'return.payment_requested': AboutReturn & { readonly amount: Money; readonly until: string };
  'return.exchanged': AboutReturn;
  'payment.failed': AboutOrder & { readonly amount: Money; readonly reason: string };
  'shipment.lost': AboutOrder;
  'shipment.returned': AboutOrder;
  'review.requested': AboutOrder;
  'cart.abandoned': Owner & { readonly lines: readonly OrderLine[] };
  'stock.available': Owner & Watched;
  'price.dropped': Owner & Cheaper;
  'alerts.digest': Owner & { readonly available: readonly Watched[]; readonly cheaper: readonly Cheaper[] };
}

/** What stays of a person after an erasure, and why. */
export interface Kept {
  readonly kind: string;
  readonly count: number;
  readonly reason: string;
  readonly until?: string | undefined;
}

/** A product that a customer wants to know about. */
export interface Watched {
  readonly variantId: string;
  readonly product: string;
  readonly price: Money;
}

export interface Cheaper extends Watched {
  readonly before: Money;
}

/** The owner of an account. */
export interface Owner {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface AboutOrder {
  readonly orderId: string;
  /** By which people name the order; absent if the event does not tell. */
  readonly orderNumber?: string | undefined;
  readonly customer: Recipient;
}

/** `lines` are the units that are sent back. */
export interface AboutReturn extends AboutOrder {
  /** By which people name the return. */
  readonly returnNumber: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  /** Gives access to the order; only of a guest. */
  readonly orderToken?: string | undefined;
}

interface Order extends AboutOrder {
  /** Gives access to the order; only of a guest. */
  readonly orderToken?: string;
  readonly lines: readonly OrderLine[];
  readonly carrier: string;
  readonly service: string;
  readonly total: Money;
  readonly address: Address;
}

export interface OrderLine {
  readonly name: string;
  readonly quantity: number;
  /** Of one unit, before tax where taxes are added. */
  readonly price: Money;
}

export interface Address {
  readonly recipient: string;
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode: string;
  readonly country: string;
}

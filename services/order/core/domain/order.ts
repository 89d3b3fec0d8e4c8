import type { PostalAddress } from '#kernel/address.ts';
import type { Money } from '#kernel/money.ts';
import type { Actor } from './actor.ts';
import type { Case } from './cases.ts';
import type { Refund } from './refunds.ts';

/** An order as its history tells it. Amounts are minor units of `currency`. */
export interface Order extends Placed {
  readonly orderId: string;
  readonly status: Status;
  /** Counts the parcels: 1, and one more for each replacement. */
  readonly attempt: number;
  /** Of the current attempt. */
  readonly isReserved: boolean;
  /** A replacement was promised, and it is not known yet whether there is stock for it. */
  readonly awaitsReplacement: boolean;
  readonly payment: PaymentState;
  /** Those that were handed to a carrier, oldest first. */
  readonly parcels: readonly SentParcel[];
  /** What the carrier said before shipping told of the parcel. */
  readonly earlyNews: ParcelStatus | undefined;
  readonly cancelRequested: string | undefined;
  /** What staff must decide or has decided, oldest first. Any number may be open. */
  readonly cases: readonly Case[];
  /** Each under its key, oldest first. */
  readonly refunds: readonly Refund[];
  /** What has gone back, as payment counts it. */
  readonly refundedMinor: number;
  readonly timeline: readonly TimelineEntry[];
  readonly updatedAt: string;
}

/** What was ordered: snapshots, never looked up again. */
export interface Placed {
  readonly customer: Customer;
  readonly cartId: string;
  readonly cartVersion: number;
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly shipping: ShippingChoice;
  readonly address: Address;
  /** Only what differs from the shipping address or is said beyond it; orders of old have none. */
  readonly billing?: Billing;
  /** Whether prices are with tax; only then it is there. */
  readonly pricesIncludeTax?: true;
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Single use, worthless once authorised; none where there is nothing to pay. */
  readonly paymentToken?: string;
  /** RFC 3339 UTC, as all times of an order. */
  readonly placedAt: string;
}

export interface Customer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

export interface Line {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly priceMinor: number;
  /** On the whole line, or in it where prices include tax. */
  readonly taxMinor: number;
  /** Price times quantity. */
  readonly totalMinor: number;
}

export interface ShippingChoice {
  readonly optionId: string;
  readonly carrier: string;
  readonly service: string;
  readonly priceMinor: number;
  readonly taxMinor: number;
}

export type Address = PostalAddress;

/** Who the invoice is for. */
export interface Billing {
  readonly address?: Address;
  readonly company?: string;
  /** With the prefix of its country. */
  readonly vatId?: string;
}

/** Where the invoice goes. */
export const billingAddressOf = ({ address, billing }: Pick<Placed, 'address' | 'billing'>): Address =>
  billing?.address ?? address;

export const STATUSES = [
  'pending',
  'confirmed',
  'shipped',
  'delivered',
  'cancelled',
  'lost',
  'returned',
  'refunded',
] as const;

/**
 * `lost` and `returned` wait for staff; `delivered`, `cancelled` and `refunded` are final, and so is `returned` once
 * staff have decided to leave it at that.
 */
export type Status = (typeof STATUSES)[number];

export type ParcelStatus = 'in_transit' | 'out_for_delivery' | 'delivered' | 'lost' | 'returned';

export interface PaymentState {
  readonly status: 'pending' | 'authorized' | 'captured' | 'failed';
  readonly brand?: string;
  readonly last4?: string;
}

export interface Parcel {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly estimatedDelivery: string;
}

/** A parcel of the order, and what is known of where it is. */
export interface SentParcel extends Parcel {
  readonly attempt: number;
  readonly whereabouts: 'under_way' | 'delivered' | 'lost' | 'returned';
}

/** One per event of the order. */
export interface TimelineEntry {
  readonly status: Status;
  readonly at: string;
  /** A sentence for the shopper. */
  readonly detail: string;
  readonly actor: Actor;
}

export const inCurrency = (minor: number, { currency }: Pick<Placed, 'currency'>): Money => ({
  minor,
  currency,
});

import type { PostalAddress } from '#kernel/address.ts';
import type { Money } from '#kernel/money.ts';
import type { Actor } from './actor.ts';
import type { Case } from './cases.ts';
import type { LineUnits, Refund } from './refunds.ts';

/** An order, replayed from its history. Amounts are minor units of `currency`. */
export interface Order extends Placed {
  readonly orderId: string;
  /** By which people name it; unique. */
  readonly number: string;
  readonly status: Status;
  /** Number of the current parcel: 1, plus 1 per replacement. */
  readonly attempt: number;
  /** Of the current attempt. */
  readonly isReserved: boolean;
  /** A replacement was promised, and its stock is not confirmed yet. */
  readonly awaitsReplacement: boolean;
  readonly payment: PaymentState;
  /** Parcels handed to a carrier, oldest first. */
  readonly parcels: readonly SentParcel[];
  /** The latest carrier report that arrived before the parcel's dispatch. */
  readonly earlyReport: ParcelStatus | undefined;
  readonly cancelRequested: string | undefined;
  /** Where the current parcel is to go, if shipping has not sent it yet. */
  readonly addressRequest?: AddressRequest | undefined;
  /** How often people have changed the address, or asked to. */
  readonly corrections?: number;
  /** Staff want the current parcel to wait. */
  readonly hold?: Hold | undefined;
  /** The current parcel is to be dispatched without delay. */
  readonly isUrgent?: boolean;
  /** How often staff have said what is to be done with parcels: requests to hold, to release and to dispatch. */
  readonly instructions?: number;
  /** Open and resolved cases, oldest first. Any number may be open. */
  readonly cases: readonly Case[];
  /** Refunds with unique keys, oldest first. */
  readonly refunds: readonly Refund[];
  /** The refunded total, as reported by payment. */
  readonly refundedMinor: number;
  /** What was asked back, oldest first. */
  readonly returns: readonly HeldUnits[];
  /** Units that were put back into stock, in the order in which that happened. */
  readonly restocked: readonly LineUnits[];
  readonly timeline: readonly TimelineEntry[];
  readonly updatedAt: string;
}

/** Units that are in a return: nothing else can be done with them. None once it is rejected or cancelled. */
export interface HeldUnits {
  readonly returnId: string;
  readonly lines: readonly LineUnits[];
}

export interface Hold {
  readonly reason: string;
  readonly since: string;
  readonly actor: Actor;
  /** Shipping has confirmed it: the parcel is not dispatched. */
  readonly isEffective: boolean;
}

export interface AddressRequest {
  readonly address: Address;
  readonly actor: Actor;
}

/** Snapshots at the time of the order, never looked up again. Only the address may be corrected. */
export interface Placed {
  /** Absent in orders from before they had numbers. */
  readonly number?: string;
  readonly customer: Customer;
  readonly cartId: string;
  readonly cartVersion: number;
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly shipping: ShippingChoice;
  readonly address: Address;
  /** Only the differences from the shipping address and additions to it; absent in older orders. */
  readonly billing?: Billing;
  /** Present (and true) only if prices include tax. */
  readonly pricesIncludeTax?: true;
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Single use, worthless once authorised; absent if there is nothing to pay. */
  readonly paymentToken?: string;
  /** What it replaces; it charges no more than what its goods cost more. */
  readonly exchangeFor?: { readonly orderId: string; readonly returnId: string };
  /** RFC 3339 UTC, as all times of an order. */
  readonly placedAt: string;
}

/** A user, or a guest: then an e-mail address is all that identifies them. */
export interface Customer {
  /** Absent for a guest, until a user who owns the address claims the order. */
  readonly userId?: string;
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
  /** Tax on the line, or included in it if prices include tax. */
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

/** The recipient of the invoice. */
export interface Billing {
  readonly address?: Address;
  readonly company?: string;
  /** With the country prefix. */
  readonly vatId?: string;
}

/** Who acts for the customer. */
export const actorOf = ({ userId }: Pick<Customer, 'userId'>): Actor => ({
  kind: 'customer',
  ...(userId === undefined ? {} : { userId }),
});

/** Address of the invoice. */
export const billingAddressOf = ({ address, billing }: Pick<Placed, 'address' | 'billing'>): Address =>
  billing?.address ?? address;

const ADDRESS_FIELDS = [
  'recipient',
  'line1',
  'line2',
  'city',
  'region',
  'postal_code',
  'country',
  'phone',
] as const satisfies readonly (keyof Address)[];

export const isSameAddress = (one: Address, other: Address): boolean =>
  ADDRESS_FIELDS.every((field) => one[field] === other[field]);

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
 * `lost` and `returned` wait for staff. `delivered`, `cancelled` and `refunded` are final; so is `returned` once
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

/** A parcel of the order, and its tracking status. */
export interface SentParcel extends Parcel {
  readonly attempt: number;
  readonly whereabouts: 'under_way' | 'delivered' | 'lost' | 'returned';
}

/** One per event of the order, except its claim: who follows a guest's order must not learn whether there is an account. */
export interface TimelineEntry {
  readonly status: Status;
  readonly at: string;
  /** A sentence for the customer. */
  readonly detail: string;
  readonly actor: Actor;
  /** Of the request or event that caused it; absent in older orders. */
  readonly correlationId?: string;
}

export const inCurrency = (minor: number, { currency }: Pick<Placed, 'currency'>): Money => ({
  minor,
  currency,
});

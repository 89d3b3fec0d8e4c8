import type { PostalAddress } from '#kernel/address.ts';
import type { Money } from '#kernel/money.ts';

/** An order as its history tells it. Amounts are minor units of `currency`. */
export interface Order extends Placed {
  readonly orderId: string;
  readonly status: Status;
  /** Counts the parcels: 1, and one more for each replacement. */
  readonly attempt: number;
  /** Of the current attempt. */
  readonly isReserved: boolean;
  readonly payment: PaymentState;
  readonly parcel: Parcel | undefined;
  /** What the carrier said before shipping told of the parcel. */
  readonly earlyNews: ParcelStatus | undefined;
  readonly cancelRequested: string | undefined;
  readonly openCase: CaseKind | undefined;
  /** On their way or done. */
  readonly refundsAsked: readonly Refund[];
  /** Refused by the gateway. */
  readonly refundsFailed: readonly FailedRefund[];
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

/** `lost` and `returned` wait for staff; `delivered`, `cancelled` and `refunded` are final. */
export type Status = (typeof STATUSES)[number];

export type CaseKind = 'lost' | 'returned' | 'overdue' | 'refund_failed';
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

export interface Refund {
  readonly refundKey: string;
  readonly amountMinor: number;
  readonly reason: string;
}

export interface FailedRefund extends Omit<Refund, 'reason'> {
  /** Until staff has decided. */
  readonly isOpen: boolean;
}

export interface TimelineEntry {
  readonly status: Status;
  readonly at: string;
  readonly detail: string;
}

/** What happened to an order. `at` is RFC 3339 UTC. */
export type OrderEvent = { readonly at: string } & (
  | { readonly type: 'placed'; readonly orderId: string; readonly placed: Placed }
  | { readonly type: 'stock-reserved' }
  | { readonly type: 'payment-authorized'; readonly brand: string; readonly last4: string }
  | { readonly type: 'confirmed' }
  | { readonly type: 'payment-captured' }
  | { readonly type: 'payment-failed'; readonly reason: string }
  | { readonly type: 'shipped'; readonly parcel: Parcel }
  | { readonly type: 'parcel-moved'; readonly status: ParcelStatus; readonly detail: string }
  | { readonly type: 'delivered' }
  | { readonly type: 'cancel-requested'; readonly reason: string }
  | { readonly type: 'cancelled'; readonly reason: string }
  | { readonly type: 'case-opened'; readonly kind: CaseKind }
  | { readonly type: 'case-resolved'; readonly resolution: Resolution; readonly restock: boolean }
  | { readonly type: 'reship-requested' }
  | { readonly type: 'refund-requested'; readonly refund: Refund }
  | {
      readonly type: 'refunded';
      readonly amountMinor: number;
      readonly totalMinor: number;
      readonly reason: string;
    }
  | {
      readonly type: 'refund-failed';
      readonly refundKey: string;
      readonly amountMinor: number;
      readonly reason: string;
    }
);

export type Resolution = 'refund' | 'reship' | 'dismiss';

export const isFinal = ({ status }: Order): boolean =>
  status === 'delivered' || status === 'cancelled' || status === 'refunded';

/** What may still be refunded, counting what was asked for and has not happened yet, but not what was refused. */
export const refundableMinor = ({ totalMinor, refundsAsked }: Order): number =>
  totalMinor - refundsAsked.reduce((asked, { amountMinor }) => asked + amountMinor, 0);

export const inCurrency = (minor: number, { currency }: Pick<Placed, 'currency'>): Money => ({
  minor,
  currency,
});

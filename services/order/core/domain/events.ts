import { ok, type Result } from '#kernel/result.ts';
import type { Actor } from './actor.ts';
import type { CaseKind, Resolution } from './cases.ts';
import type { OrderRefusal } from './commands.ts';
import type { Address, Order, Parcel, ParcelStatus, Placed } from './order.ts';
import type { LineUnits, RefundRequest } from './refunds.ts';
import type { ReturnState } from './returns/return.ts';

/**
 * Events of an order. `at` is RFC 3339 UTC. `actor` is the requesting person, absent if there
 * was none. `correlationId` is that of the request or event that caused it. Histories of older versions lack both, and `attempt`, `attempt`, `caseId` and the `refundKey` of refunds; see
 * `old-events.ts`.
 */
export type OrderEvent = {
  readonly at: string;
  readonly actor?: Actor | undefined;
  readonly correlationId?: string;
} & (
  | { readonly type: 'placed'; readonly orderId: string; readonly placed: Placed }
  /** The order of a guest became that of a user. */
  | { readonly type: 'claimed'; readonly userId: string }
  | { readonly type: 'stock-reserved' }
  | { readonly type: 'payment-authorized'; readonly brand: string; readonly last4: string }
  | { readonly type: 'confirmed' }
  | { readonly type: 'payment-captured' }
  | { readonly type: 'payment-failed'; readonly reason: string }
  | { readonly type: 'shipped'; readonly parcel: Parcel }
  | {
      readonly type: 'parcel-moved';
      readonly attempt?: number;
      readonly status: ParcelStatus;
      readonly detail: string;
    }
  | { readonly type: 'delivered'; readonly attempt?: number }
  | { readonly type: 'hold-requested'; readonly reason: string }
  /** Shipping holds the parcel. */
  | { readonly type: 'held' }
  | { readonly type: 'released' }
  /** The parcel is to be dispatched at once. Ends a hold. */
  | { readonly type: 'dispatch-requested' }
  /** Shipping decides whether it is in time. */
  | { readonly type: 'address-requested'; readonly address: Address }
  | { readonly type: 'address-changed'; readonly address: Address }
  | { readonly type: 'cancel-requested'; readonly reason: string }
  | { readonly type: 'cancelled'; readonly reason: string }
  | {
      readonly type: 'case-opened';
      readonly kind: CaseKind;
      readonly caseId?: string;
      readonly attempt?: number;
    }
  | {
      readonly type: 'case-resolved';
      readonly resolution: Resolution;
      readonly restock: boolean;
      readonly caseId?: string;
    }
  | { readonly type: 'reship-requested' }
  /** The replacement is out of stock. */
  | { readonly type: 'replacement-refused' }
  | { readonly type: 'refund-requested'; readonly refund: RefundRequest }
  | {
      readonly type: 'refunded';
      readonly refundKey?: string;
      readonly amountMinor: number;
      readonly totalMinor: number;
      readonly reason: string;
    }
  /** Opens its own case. */
  | {
      readonly type: 'refund-failed';
      readonly refundKey: string;
      readonly amountMinor: number;
      readonly reason: string;
    }
  /** The amount is refunded with the rest, since the order was cancelled. */
  | { readonly type: 'refund-dropped'; readonly refundKey: string; readonly amountMinor: number }
  /** A return began, or reached another state; `lines` are the units that are in it now. */
  | {
      readonly type: 'return-moved';
      readonly returnId: string;
      readonly number: string;
      readonly state: ReturnState;
      readonly lines: readonly LineUnits[];
    }
  /** Staff put units back into stock. */
  | { readonly type: 'restocked'; readonly reason: RestockReason; readonly lines: readonly LineUnits[] }
);

/** What staff did with the goods' order when they put them back into stock. */
export type RestockReason = 'return' | 'refund';

export type OrderEventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: T }>;

/** An event before it gets its time. */
export type Fact = OrderEvent extends infer E ? (E extends OrderEvent ? Omit<E, 'at'> : never) : never;

export type Decision = Result<readonly Fact[], OrderRefusal>;

export const happened = (...facts: readonly Fact[]): Decision => ok(facts);

/** Integration events, and the domain events that cause them. */
export interface Published {
  'order.placed': 'placed';
  'order.claimed': 'claimed';
  'order.confirmed': 'confirmed';
  'order.shipped': 'shipped';
  'order.delivered': 'delivered';
  'order.held': 'hold-requested';
  'order.released': 'released' | 'dispatch-requested';
  'order.address_change_requested': 'address-requested';
  'order.address_changed': 'address-changed';
  'order.cancel_requested': 'cancel-requested';
  'order.cancelled': 'cancelled';
  'order.case_opened': 'case-opened' | 'refund-failed';
  'order.case_resolved': 'case-resolved';
  'order.reship_requested': 'reship-requested';
  'order.restock_requested': 'restocked';
  'order.refunded': 'refunded';
  /** Only of a resolution that settles a refund (`settledBy`). */
  'order.refund_settled': 'case-resolved';
}

/** An integration event; `order` is the state after the event. */
export type Publication<Of extends keyof Published = keyof Published> = {
  [Type in Of]: {
    readonly type: Type;
    readonly order: Order;
    readonly event: OrderEventOf<Published[Type]>;
  };
}[Of];

import type { Money } from '#kernel/money.ts';
import type { Refusal } from '#kernel/result.ts';
import type { Actor } from './actor.ts';
import type { Resolution } from './cases.ts';
import type { Address, Parcel, ParcelStatus, Placed } from './order.ts';
import type { Wait } from './order-state.ts';
import type { LineRefund, LineUnits, RefundWish } from './refunds.ts';
import type { ReturnState } from './returns/return.ts';

/** A command to an order, from a customer at checkout, an upstream, a timer or staff. */
export type OrderCommand = Place | Claim | UpstreamCommand | PersonCommand | UnitsCommand;

export interface Place {
  readonly type: 'place';
  readonly orderId: string;
  readonly placed: Placed;
  /** The customer, unless staff have placed it. */
  readonly actor?: Actor;
}

/** A user owns the address of the guest who ordered. An order that has a user keeps it. */
export interface Claim {
  readonly type: 'claim';
  readonly userId: string;
}

/** A report from an upstream, or a timeout. */
export type UpstreamCommand =
  | { readonly type: 'stock-reserved'; readonly attempt: number }
  | { readonly type: 'out-of-stock'; readonly attempt: number }
  | { readonly type: 'payment-authorized'; readonly brand: string; readonly last4: string }
  | { readonly type: 'payment-captured' }
  | { readonly type: 'payment-failed'; readonly reason: string }
  | {
      readonly type: 'payment-refunded';
      readonly amountMinor: number;
      readonly totalMinor: number;
      readonly refundKey: string;
    }
  | {
      readonly type: 'refund-failed';
      readonly refundKey: string;
      readonly amountMinor: number;
      readonly reason: string;
    }
  | {
      readonly type: 'parcel-dispatched';
      readonly attempt: number;
      readonly parcel: Parcel;
      /** Of the address that it goes to; absent if that was not corrected. */
      readonly correction?: number | undefined;
    }
  | { readonly type: 'parcel-cancelled'; readonly attempt: number }
  | { readonly type: 'parcel-held'; readonly instruction: number }
  | { readonly type: 'parcel-readdressed'; readonly correction: number }
  | {
      readonly type: 'parcel-moved';
      readonly attempt: number;
      readonly status: ParcelStatus;
      readonly detail: string;
    }
  | ({ readonly type: 'time-is-up' } & Wait);

/** A request from a person. */
export type PersonCommand = { readonly actor: Actor } & (
  | { readonly type: 'cancel' }
  | { readonly type: 'hold'; readonly reason: string }
  | { readonly type: 'release' }
  /** Dispatch at once. */
  | { readonly type: 'ship' }
  /** Send the current parcel, and those after it, to another address. */
  | { readonly type: 'change-address'; readonly address: Address }
  | {
      readonly type: 'resolve-case';
      /** Optional if exactly one case is open. */
      readonly caseId?: string | undefined;
      readonly resolution: Resolution;
      readonly restock: boolean;
    }
  | {
      readonly type: 'refund';
      readonly refundKey: string;
      readonly amount: Money;
      readonly reason: string;
    }
  | {
      readonly type: 'refund-lines';
      readonly refundKey: string;
      readonly wish: RefundWish;
      readonly reason: string;
      /** What of it goes back into stock. */
      readonly restock?: readonly LineUnits[];
    }
);

/** What a return does with units of the order; sent by the returns of the shop (`core/application/`). */
export type UnitsCommand = { readonly actor: Actor; readonly returnId: string; readonly number: string } & (
  | {
      readonly type: 'hold-units';
      readonly lines: readonly LineUnits[];
      /** How long after the delivery this is possible. */
      readonly windowMs: number;
    }
  /** `lines` are those that stay in the return. */
  | {
      readonly type: 'follow-return';
      readonly state: ReturnState;
      readonly lines: readonly LineUnits[];
      readonly restock?: readonly LineUnits[];
    }
  | {
      readonly type: 'refund-return';
      readonly lines: readonly LineUnits[];
      readonly shipping: boolean;
      readonly reason: string;
    }
  /** The order in exchange is confirmed, and its goods cost less. */
  | {
      readonly type: 'refund-difference';
      readonly exchangeId: string;
      readonly lines: readonly LineRefund[];
    }
);

export type OrderRefusal = Refusal<
  | 'ORDER_NOT_FOUND'
  | 'ORDER_NOT_CANCELLABLE'
  | 'ORDER_NOT_HOLDABLE'
  | 'ORDER_NOT_SHIPPABLE'
  | 'ADDRESS_NOT_CHANGEABLE'
  | 'ADDRESS_CHANGES_PRICE'
  | 'NO_OPEN_CASE'
  | 'SEVERAL_OPEN_CASES'
  | 'NOTHING_TO_RESTOCK'
  | 'NOT_RESHIPPABLE'
  | 'NOT_REFUNDABLE'
  | 'REFUND_TOO_HIGH'
  | 'LINE_NOT_REFUNDABLE'
  | 'NOT_RETURNABLE'
  | 'RETURN_WINDOW_CLOSED'
  | 'LINE_NOT_RETURNABLE'
  | 'TOO_MANY_RETURNS'
  | 'CURRENCY_MISMATCH'
>;

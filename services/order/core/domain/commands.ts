import type { Money } from '#kernel/money.ts';
import type { Parcel, ParcelStatus, Resolution } from './order.ts';

/** What others report or somebody asks for. */
export type OrderCommand =
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
  | { readonly type: 'parcel-dispatched'; readonly attempt: number; readonly parcel: Parcel }
  | { readonly type: 'parcel-cancelled'; readonly attempt: number }
  | {
      readonly type: 'parcel-moved';
      readonly attempt: number;
      readonly status: ParcelStatus;
      readonly detail: string;
    }
  | {
      readonly type: 'time-is-up';
      readonly waitedIn: 'pending' | 'confirmed' | 'shipped';
      readonly attempt: number;
    }
  | { readonly type: 'cancel'; readonly reason: string }
  | { readonly type: 'resolve-case'; readonly resolution: Resolution; readonly restock: boolean }
  | {
      readonly type: 'refund';
      readonly refundKey: string;
      readonly amount: Money;
      readonly reason: string;
    };

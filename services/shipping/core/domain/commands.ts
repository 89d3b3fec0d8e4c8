import type { Label, Parcel, Tracked } from './consignment.ts';

/** A command for the consignment of an order: another service's request, or news of a carrier. None is ever refused. */
export type Command =
  /** The order is confirmed: send this. */
  | {
      readonly type: 'confirm';
      readonly attempt: number;
      readonly shipmentId: string;
      readonly parcel: Parcel;
    }
  | { readonly type: 'pay' }
  /** Stop the parcel if it has not begun. */
  | { readonly type: 'request_cancel'; readonly attempt: number; readonly shipmentId: string }
  /** The order is over. */
  | { readonly type: 'cancel_order' }
  /** The dispatch delay is over. */
  | { readonly type: 'begin'; readonly attempt: number }
  | { readonly type: 'labelled'; readonly attempt: number; readonly label: Label }
  /** All the carrier's news so far, oldest first. */
  | { readonly type: 'tracked'; readonly attempt: number; readonly updates: readonly Tracked[] };

import type { Address, Handling, Label, Parcel, Tracked } from './consignment.ts';

/** A command to the consignment of an order: another service's request, or a carrier's report. Never refused. */
export type Command =
  /** The order is confirmed: dispatch this. */
  | {
      readonly type: 'confirm';
      readonly attempt: number;
      readonly shipmentId: string;
      readonly parcel: Parcel;
    }
  | { readonly type: 'pay' }
  /** Stop the parcel if it is not started yet. */
  | { readonly type: 'request_cancel'; readonly attempt: number; readonly shipmentId: string }
  /** Staff say when to dispatch a parcel; the last instruction counts, in whatever order they arrive. */
  | {
      readonly type: 'instruct';
      readonly attempt: number;
      readonly shipmentId: string;
      readonly handling: Handling;
      readonly instruction: number;
    }
  /** Send the parcel elsewhere if it is not started yet; the last correction counts. */
  | {
      readonly type: 'readdress';
      readonly attempt: number;
      readonly shipmentId: string;
      readonly address: Address;
      readonly correction: number;
    }
  /** The whole order is cancelled. */
  | { readonly type: 'cancel_order' }
  /** The dispatch delay is over. */
  | { readonly type: 'begin'; readonly attempt: number }
  | { readonly type: 'labelled'; readonly attempt: number; readonly label: Label }
  /** All reports of the carrier so far, oldest first. */
  | { readonly type: 'tracked'; readonly attempt: number; readonly updates: readonly Tracked[] };

import type { Money } from '#kernel/money.ts';
import type { Address, Label, Tracked } from '../domain/consignment.ts';

/** A company that delivers parcels. Calls with a key are idempotent: a repeated call gets the first response. */
export interface Carrier {
  /** Its offers, empty if it does not deliver there; stable within a day. */
  quote(question: Question): Promise<readonly Quote[]>;
  buyLabel(purchase: Purchase): Promise<Label>;
  /** Voids an unused label. */
  voidLabel(call: { readonly key: string; readonly trackingNumber: string }): Promise<void>;
  /** All reports on each parcel so far, oldest first, in the order of the request. */
  track(trackingNumbers: readonly string[]): Promise<readonly (readonly Tracked[])[]>;
  /** A label with which a customer sends goods back, as PDF; it is charged when the parcel is handed in. */
  returnLabel(purchase: ReturnPurchase): Promise<PrintedLabel>;
  /** The printable label. */
  print(trackingNumber: string): Promise<PrintedLabel | undefined>;
}

/** By carrier id, the part of an option id before the colon. */
export type Carriers = ReadonlyMap<string, Carrier>;

export interface Question {
  readonly country: string;
  readonly postalCode?: string | undefined;
  readonly region?: string | undefined;
  readonly itemCount: number;
  readonly currency: string;
}

export interface Quote {
  /** `dhl:express`; identifies carrier and service when a label is bought. */
  readonly optionId: string;
  readonly carrier: string;
  readonly service: string;
  readonly price: Money;
  /** A date, 2026-03-04. */
  readonly estimatedDelivery: string;
}

export interface Purchase {
  readonly key: string;
  readonly optionId: string;
  /** Printed on the label. */
  readonly reference: string;
  readonly address: Address;
  readonly itemCount: number;
}

export interface ReturnPurchase {
  readonly key: string;
  readonly optionId: string;
  readonly reference: string;
  readonly from: Address;
  /** Lines; the sender of other parcels by default. */
  readonly to?: readonly string[] | undefined;
  readonly itemCount: number;
}

export interface PrintedLabel {
  readonly type: 'application/pdf' | 'application/zpl';
  readonly bytes: Uint8Array;
}

import type { Money } from '#kernel/money.ts';
import type { Address, Label, Tracked } from '../domain/consignment.ts';

/** A company that carries parcels. Calls with a key are idempotent: repeating one gets the first answer. */
export interface Carrier {
  /** What it offers, nothing where it does not go; the same for the same question on the same day. */
  quote(question: Question): Promise<readonly Quote[]>;
  buyLabel(purchase: Purchase): Promise<Label>;
  /** Gives a label back that nobody will use. */
  voidLabel(call: { readonly key: string; readonly trackingNumber: string }): Promise<void>;
  /** All that is known of each parcel so far, oldest first, in the order asked. */
  track(trackingNumbers: readonly string[]): Promise<readonly (readonly Tracked[])[]>;
  /** The label as it is printed. */
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
  /** `dhl:express`; names carrier and service when a label is bought. */
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

export interface PrintedLabel {
  readonly type: 'application/pdf' | 'application/zpl';
  readonly bytes: Uint8Array;
}

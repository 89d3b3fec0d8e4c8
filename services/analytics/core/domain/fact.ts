import type { SourceKind } from './source.ts';

/** A sold variant. Amounts are minor units. */
export interface SoldLine {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  /** Including tax. */
  readonly totalMinor: number;
}

/**
 * What is counted of an event: neither names, addresses and tokens, nor who did it, but for the pseudonym of who ordered. Amounts are
 * minor units of `currency`; totals and shipping include tax.
 */
export type Fact = {
  /** The ID of the event. A fact counts once, however often it is delivered. */
  readonly factId: string;
  readonly at: Date;
} & (
  | {
      readonly kind: 'order';
      readonly orderId: string;
      /** The pseudonym of the customer; undefined for a guest, and for one who is erased. */
      readonly shopper?: string | undefined;
      readonly currency: string;
      readonly totalMinor: number;
      readonly taxMinor: number;
      readonly shippingMinor: number;
      readonly lines: readonly SoldLine[];
    }
  /** What an order in exchange charges: the goods cost more than those that came back. It is not counted as an order. */
  | {
      readonly kind: 'surcharge';
      readonly orderId: string;
      readonly currency: string;
      readonly totalMinor: number;
      readonly taxMinor: number;
    }
  | { readonly kind: 'cancellation'; readonly orderId: string }
  | {
      readonly kind: 'refund';
      readonly orderId: string;
      readonly currency: string;
      readonly amountMinor: number;
    }
  | { readonly kind: 'confirmation'; readonly orderId: string }
  | {
      readonly kind: 'views';
      readonly productId: string;
      readonly views: number;
      /** Of one view. */
      readonly sessionId?: string | undefined;
      readonly source?: SourceKind | undefined;
    }
  | {
      readonly kind: 'search';
      readonly sessionId: string;
      /** Undefined if it might name a person. */
      readonly term?: string | undefined;
      readonly hits: number;
    }
  | {
      readonly kind: 'count';
      readonly sku: string;
      /** The one that has the SKU at that time. */
      readonly productId: string;
      readonly variantId: string;
      /** Rises with time: of the counts of a SKU, the highest is the last. */
      readonly version: number;
      /** Units in the warehouse, reserved ones included. */
      readonly onHand: number;
    }
  | {
      readonly kind: 'step';
      readonly sessionId: string;
      readonly step: 'cart' | 'checkout' | 'order';
      /** That was placed, as a page says. */
      readonly orderId?: string | undefined;
    }
);

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { readonly kind: Kind }>;

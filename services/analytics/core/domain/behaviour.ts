import type { SourceKind } from './source.ts';

/** How a shopper got to a product. */
export interface Source {
  readonly kind: SourceKind;
  readonly query?: string | undefined;
  readonly listId?: string | undefined;
  /** In the list, from 1. */
  readonly position?: number | undefined;
}

export interface ShownItem {
  readonly productId: string;
  readonly position: number;
  /** The probability with which it got there. */
  readonly propensity?: number | undefined;
}

/** Something that a shopper did, as a page of the shop reports it. */
export type Behaviour = {
  /** Made by the page, so that a repeated report counts once. */
  readonly id: string;
  readonly at: Date;
} & (
  | {
      readonly kind: 'viewed';
      readonly productId: string;
      readonly sku?: string | undefined;
      readonly source: Source;
    }
  | { readonly kind: 'searched'; readonly query: string; readonly hits: number }
  | {
      readonly kind: 'shown';
      readonly listId: string;
      readonly placement: string;
      readonly strategy: string;
      readonly modelVersion?: string | undefined;
      readonly bucket?: number | undefined;
      readonly items: readonly ShownItem[];
    }
  | {
      readonly kind: 'clicked';
      readonly listId: string;
      readonly productId: string;
      readonly position: number;
    }
  | {
      readonly kind: 'added';
      readonly productId: string;
      /** Of a list of recommendations, if it came from one. */
      readonly from?: { readonly listId: string; readonly position: number } | undefined;
    }
  | { readonly kind: 'checkout' }
  | { readonly kind: 'ordered'; readonly orderId: string }
);

export type BehaviourOf<Kind extends Behaviour['kind']> = Extract<Behaviour, { readonly kind: Kind }>;

/** Who did it. */
export interface Visit {
  /** Random, and another for the next visit. */
  readonly sessionId: string;
  /** Undefined for guests. */
  readonly userId: string | undefined;
}

export const productsIn = (fact: Behaviour): readonly string[] => {
  switch (fact.kind) {
    case 'searched':
    case 'checkout':
    case 'ordered':
      return [];
    case 'shown':
      return fact.items.map(({ productId }) => productId);
    default:
      return [fact.productId];
  }
};

/** The part of a fact that is about these products, which exist. */
export const aboutExisting = (fact: Behaviour, existing: ReadonlySet<string>): Behaviour | undefined => {
  switch (fact.kind) {
    case 'searched':
    case 'checkout':
    case 'ordered':
      return fact;
    case 'shown': {
      const items = fact.items.filter(({ productId }) => existing.has(productId));
      return items.length === 0 ? undefined : { ...fact, items };
    }
    default:
      return existing.has(fact.productId) ? fact : undefined;
  }
};

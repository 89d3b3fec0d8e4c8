import type { Money } from '#kernel/money.ts';

/** What the shop sells now. */
export interface Offer {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
}

/** Other services. All throw if a service does not respond, so that a task is retried. */
export interface Neighbours {
  /** What is in a user's cart. */
  cart(userId: string): Promise<readonly { readonly variantId: string; readonly quantity: number }[]>;
  /** Those that are on sale. */
  offers(variantIds: readonly string[]): Promise<readonly Offer[]>;
  /** How many units can be had, by variant. */
  stock(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

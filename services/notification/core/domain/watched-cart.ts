import type { StoredDocument } from '#kernel/documents.ts';

/** What is known about the cart of a user, by versions of the cart. The document has the ID of the cart, which is the user's. */
export interface WatchedCart extends StoredDocument {
  /** After the newest item was added; 0 before the first. */
  readonly added: number;
  /** The newest that was ordered. */
  readonly ordered: number;
  /** About which its user was reminded last. */
  readonly reminded: number;
}

export type CartFact = Partial<Pick<WatchedCart, 'added' | 'ordered' | 'reminded'>>;

export const unknownCart = (id: string): WatchedCart => ({
  id,
  version: 0,
  added: 0,
  ordered: 0,
  reminded: 0,
});

/** Facts may come in any order, and again. */
export const withCartFact = (
  cart: WatchedCart,
  { added = 0, ordered = 0, reminded = 0 }: CartFact,
): WatchedCart => ({
  ...cart,
  added: Math.max(cart.added, added),
  ordered: Math.max(cart.ordered, ordered),
  reminded: Math.max(cart.reminded, reminded),
});

/** Whether the cart is still as it was at `version`, and neither ordered nor the subject of a reminder since the last order. */
export const isAbandoned = (cart: WatchedCart | undefined, version: number): cart is WatchedCart =>
  cart?.added === version && cart.ordered < version && cart.reminded <= cart.ordered;

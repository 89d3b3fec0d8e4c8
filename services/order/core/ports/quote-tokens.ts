import type { Address } from '../domain/order.ts';
import type { Taxation } from '../domain/totals.ts';
import type { Cart, Offer, ShippingOption } from './upstreams.ts';

/** What a quote is for: one state of a customer's cart, sent to one address. */
export interface QuoteSubject {
  /** The user, or the guest's cart. */
  readonly ownerId: string;
  readonly cart: Cart;
  readonly address: Address;
}

/** The prices of a quote, which the shop keeps for a while. */
export interface QuotedPrices {
  /** Of each line of the cart. */
  readonly offers: readonly Offer[];
  readonly options: readonly ShippingOption[];
  readonly taxation: Taxation;
  readonly quotedAt: Date;
}

/** Tokens that hold the prices of a quote. The customer can read them, but not change them. */
export interface QuoteTokens {
  /** Undefined if the prices are too long for a token. */
  sign(prices: QuotedPrices, subject: QuoteSubject): string | undefined;
  /** The prices, however old; undefined unless the token was signed with the present key for this subject. */
  verify(token: string, subject: QuoteSubject): QuotedPrices | undefined;
}

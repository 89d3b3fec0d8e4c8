import { after, type Clock } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { Totals } from '../domain/totals.ts';
import type { Address } from '../domain/order.ts';
import type { QuoteTokens } from '../ports/quote-tokens.ts';
import type { CartOwner, ShippingOption } from '../ports/upstreams.ts';
import { idOf, totalsWith, type PriceCart, type PricedCart, type PricingRefusal } from './price-cart.ts';

export interface CheckoutQuote {
  readonly priced: PricedCart;
  /** The order's total with each shipping option. */
  readonly options: readonly { readonly option: ShippingOption; readonly totals: Totals }[];
  /** Holds these prices; undefined if the cart is too large for a token, or quotes hold no prices. */
  readonly token: string | undefined;
  readonly validUntil: Date;
}

/** @param validMs how long the quote holds its prices, milliseconds; 0 if it does not */
export const makeQuoteCheckout =
  (priceCart: PriceCart, tokens: QuoteTokens, clock: Clock, validMs: number) =>
  async (owner: CartOwner, address: Address): Promise<Result<CheckoutQuote, PricingRefusal>> => {
    const priced = await priceCart(owner, address);
    if (!priced.ok) return priced;
    const { cart, items, options, taxation } = priced.value;
    const quotedAt = clock.now();
    const offers = items.map(({ offer }) => offer);
    const subject = { ownerId: idOf(owner), cart, address };
    const sign = () => tokens.sign({ offers, options, taxation, quotedAt }, subject);
    return ok({
      priced: priced.value,
      options: options.map((option) => ({ option, totals: totalsWith(priced.value, option) })),
      token: validMs > 0 ? sign() : undefined,
      validUntil: after(quotedAt, validMs),
    });
  };

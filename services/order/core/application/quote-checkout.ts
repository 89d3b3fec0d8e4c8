import { ok, type Result } from '#kernel/result.ts';
import type { Totals } from '../domain/totals.ts';
import type { Address } from '../domain/order.ts';
import type { ShippingOption } from '../ports/upstreams.ts';
import { totalsWith, type PriceCart, type PricedCart, type PricingRefusal } from './price-cart.ts';

export interface CheckoutQuote {
  readonly priced: PricedCart;
  /** The order's total with each shipping option. */
  readonly options: readonly { readonly option: ShippingOption; readonly totals: Totals }[];
}

export const makeQuoteCheckout =
  (priceCart: PriceCart) =>
  async (userId: string, address: Address): Promise<Result<CheckoutQuote, PricingRefusal>> => {
    const priced = await priceCart(userId, address);
    if (!priced.ok) return priced;
    const options = priced.value.options.map((option) => ({
      option,
      totals: totalsWith(priced.value, option),
    }));
    return ok({ priced: priced.value, options });
  };

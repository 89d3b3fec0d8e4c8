import { ok, type Result } from '#kernel/result.ts';
import { totalsOf, type Totals } from '../domain/totals.ts';
import type { Address } from '../domain/order.ts';
import type { ShippingOption, TaxRates } from '../ports/neighbours.ts';
import type { PriceCart, PricedCart, PricingRefusal } from './price-cart.ts';

export interface CheckoutQuote {
  readonly priced: PricedCart;
  /** What the order would come to with each way of sending it. */
  readonly options: readonly { readonly option: ShippingOption; readonly totals: Totals }[];
}

export const makeQuoteCheckout =
  (priceCart: PriceCart, taxes: TaxRates) =>
  async (userId: string, address: Address): Promise<Result<CheckoutQuote, PricingRefusal>> => {
    const priced = await priceCart(userId, address);
    if (!priced.ok) return priced;
    const items = priced.value.items.map(({ offer, quantity }) => ({ price: offer.price, quantity }));
    const rate = taxes.rateFor(address.country, address.region);
    const options = priced.value.options.map((option) => ({
      option,
      totals: totalsOf(items, option.price, rate),
    }));
    return ok({ priced: priced.value, options });
  };

import type { Address } from '../domain/order.ts';
import type { Taxation } from '../domain/totals.ts';
import type { Cart, Offer, Offers, ShippingOption, ShippingQuotes, TaxRules } from '../ports/upstreams.ts';

/** All that determines the total of a cart, besides the cart. */
export interface Prices {
  /** Of the lines of the cart that are for sale. */
  readonly offers: readonly Offer[];
  readonly options: readonly ShippingOption[];
  /** Undefined where nothing can be sold. */
  readonly taxation: Taxation | undefined;
}

/** Calls catalog and shipping. */
export const makeCurrentPrices =
  (offers: Offers, shipping: ShippingQuotes, taxes: TaxRules) =>
  async ({ items, currency }: Cart, address: Address): Promise<Prices> => {
    const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const [sold, options] = await Promise.all([
      offers.of(items.map(({ variantId }) => variantId)),
      shipping.quote(address, count, currency),
    ]);
    const rate = taxes.rateFor(address);
    const isIncluded = taxes.areGross(currency, address.country);
    return {
      offers: [...sold.values()],
      options,
      taxation: rate === undefined ? undefined : { rate, isIncluded },
    };
  };

export type CurrentPrices = ReturnType<typeof makeCurrentPrices>;

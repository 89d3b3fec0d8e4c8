import { toDecimal } from '#kernel/money.ts';
import type { CurrentPrice } from '../core/domain/price.ts';

/** A price on the wire, a decimal in major units. */
interface WirePrice {
  readonly price: number;
  readonly regular_price?: number;
  readonly currency: string;
}

interface WirePrices extends WirePrice {
  other_prices?: WirePrice[];
}

const fromPrice = ({ price, regular }: CurrentPrice): WirePrice => ({
  price: toDecimal(price),
  ...(regular && { regular_price: toDecimal(regular) }),
  currency: price.currency,
});

/** A variant's prices, in its own currency first, as clients and other services get them. */
export const fromPrices = ([own, ...others]: readonly CurrentPrice[]): WirePrices => {
  if (!own) throw new Error('a variant has a price');
  return { ...fromPrice(own), ...(others.length > 0 && { other_prices: others.map(fromPrice) }) };
};

import { add, share, shareWithin, sum, times, type Money } from '#kernel/money.ts';

/** A line with its list price and quantity. */
export interface PricedItem {
  readonly price: Money;
  readonly quantity: number;
}

/** The tax rules of an order. */
export interface Taxation {
  /** In thousandths of a percent: 19_000 is 19 %. */
  readonly rate: number;
  /** Whether list prices include tax. */
  readonly isIncluded: boolean;
}

export interface Totals {
  /** Sum of the lines at list prices. */
  readonly subtotal: Money;
  /** Tax on, or included in, each line, in the order of the lines. */
  readonly lineTaxes: readonly Money[];
  readonly shippingTax: Money;
  /** Tax of lines and shipping. */
  readonly tax: Money;
  readonly total: Money;
}

/**
 * Tax is rounded per line, half up; everything else is a sum. Tax is added to net prices. Gross prices are what the customer
 * pays, and the tax is extracted from them: 15.00 stays 15.00.
 */
export const totalsOf = (
  items: readonly PricedItem[],
  shipping: Money,
  { rate, isIncluded }: Taxation,
): Totals => {
  const { currency } = shipping;
  const taxOf = (amount: Money): Money => (isIncluded ? shareWithin : share)(amount, rate);
  const lineTotals = items.map(({ price, quantity }) => times(price, quantity));
  const lineTaxes = lineTotals.map(taxOf);
  const shippingTax = taxOf(shipping);
  const subtotal = sum(lineTotals, currency);
  const tax = sum([...lineTaxes, shippingTax], currency);
  const listed = add(subtotal, shipping);
  return { subtotal, lineTaxes, shippingTax, tax, total: isIncluded ? listed : add(listed, tax) };
};

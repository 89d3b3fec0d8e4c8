import { add, share, shareWithin, sum, times, type Money } from '#kernel/money.ts';

/** A line as it is listed: what it costs a piece, and how many. */
export interface PricedItem {
  readonly price: Money;
  readonly quantity: number;
}

/** How an order is taxed. */
export interface Taxation {
  /** In thousandths of a percent: 19_000 is 19 %. */
  readonly rate: number;
  /** Whether prices are listed with tax. */
  readonly isIncluded: boolean;
}

export interface Totals {
  /** Of the lines, as they are listed. */
  readonly subtotal: Money;
  /** On, or in, each line, in their order. */
  readonly lineTaxes: readonly Money[];
  readonly shippingTax: Money;
  /** Of lines and shipping. */
  readonly tax: Money;
  readonly total: Money;
}

/**
 * Tax is rounded per line, half up; everything else is the sum. Listed without tax, prices have it added; listed with tax,
 * they are what is paid, and it is taken out of them: 15.00 stays 15.00.
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

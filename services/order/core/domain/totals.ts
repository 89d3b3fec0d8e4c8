import { add, share, sum, times, type Money } from '#kernel/money.ts';

/** A line before tax: what it costs a piece, and how many. */
export interface PricedItem {
  readonly price: Money;
  readonly quantity: number;
}

export interface Totals {
  /** Of the lines, without tax. */
  readonly subtotal: Money;
  /** On each line, in their order. */
  readonly lineTaxes: readonly Money[];
  readonly shippingTax: Money;
  /** On lines and shipping. */
  readonly tax: Money;
  readonly total: Money;
}

/** Tax is rounded per line, half up; everything else is the sum. */
export const totalsOf = (items: readonly PricedItem[], shipping: Money, taxBasisPoints: number): Totals => {
  const { currency } = shipping;
  const lineTotals = items.map(({ price, quantity }) => times(price, quantity));
  const lineTaxes = lineTotals.map((lineTotal) => share(lineTotal, taxBasisPoints));
  const shippingTax = share(shipping, taxBasisPoints);
  const subtotal = sum(lineTotals, currency);
  const tax = sum([...lineTaxes, shippingTax], currency);
  return { subtotal, lineTaxes, shippingTax, tax, total: add(add(subtotal, shipping), tax) };
};

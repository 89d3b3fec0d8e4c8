/** Amounts are minor units of one currency. */
export interface Sales {
  /** Orders that were placed and not cancelled. */
  readonly orders: number;
  readonly units: number;
  /** Of these orders: a line is a variant, whatever its quantity. */
  readonly lines: number;
  /** Their totals, and what exchanges charged, including tax and shipping. */
  readonly grossMinor: number;
  readonly taxMinor: number;
  /** Including its tax. */
  readonly shippingMinor: number;
  /** On the day of the refund, whenever the order was placed. The money of cancelled orders is in neither sum. */
  readonly refundedMinor: number;
}

export interface BucketSales extends Sales {
  /** Index in the period. */
  readonly bucket: number;
  readonly currency: string;
}

export interface CurrencySales {
  readonly currency: string;
  /** For each bucket of the period. */
  readonly buckets: readonly Sales[];
  readonly total: Sales;
}

export const NO_SALES: Sales = {
  orders: 0,
  units: 0,
  lines: 0,
  grossMinor: 0,
  taxMinor: 0,
  shippingMinor: 0,
  refundedMinor: 0,
};

export const addSales = (one: Sales, other: Sales): Sales => ({
  orders: one.orders + other.orders,
  units: one.units + other.units,
  lines: one.lines + other.lines,
  grossMinor: one.grossMinor + other.grossMinor,
  taxMinor: one.taxMinor + other.taxMinor,
  shippingMinor: one.shippingMinor + other.shippingMinor,
  refundedMinor: one.refundedMinor + other.refundedMinor,
});

/** What the shop keeps. */
export const netMinor = ({ grossMinor, refundedMinor }: Sales): number => grossMinor - refundedMinor;

/** What an order contains on average. */
export interface Basket {
  /** Its total and what exchanges charged, including tax and shipping; rounded half up. */
  readonly valueMinor: number;
  readonly units: number;
  readonly lines: number;
}

/** Undefined if nothing was ordered. */
export const basketOf = ({ orders, grossMinor, units, lines }: Sales): Basket | undefined =>
  orders === 0
    ? undefined
    : { valueMinor: Math.round(grossMinor / orders), units: units / orders, lines: lines / orders };

/** Sums by currency, which are never added up over currencies; the currency of most orders comes first. */
export const salesByCurrency = (length: number, rows: readonly BucketSales[]): readonly CurrencySales[] =>
  [...Map.groupBy(rows, ({ currency }) => currency)]
    .map(([currency, found]) => {
      const byBucket = Map.groupBy(found, ({ bucket }) => bucket);
      const buckets = Array.from({ length }, (_, bucket) =>
        (byBucket.get(bucket) ?? []).reduce(addSales, NO_SALES),
      );
      return { currency, buckets, total: buckets.reduce(addSales, NO_SALES) };
    })
    .sort((a, b) => b.total.orders - a.total.orders || (a.currency < b.currency ? -1 : 1));

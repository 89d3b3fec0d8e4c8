/** A product in a period: what was sold of it in orders that were not cancelled, and how often it was viewed. */
export interface ProductSales {
  readonly productId: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units, including tax, by currency. */
  readonly revenueMinor: Readonly<Record<string, number>>;
  readonly views: number;
}

/** Products of the most units first, of the most views if equal, then by ID. */
export const byUnits = (a: ProductSales, b: ProductSales): number =>
  b.units - a.units || b.views - a.views || (a.productId < b.productId ? -1 : 1);

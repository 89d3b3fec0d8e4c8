/** A product in a period: what was sold of it in orders that were not cancelled, and how often it was viewed. */
export interface ProductSales {
  readonly productId: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units, including tax, by currency. */
  readonly revenueMinor: Readonly<Record<string, number>>;
  readonly views: number;
}

export const NO_PRODUCT_SALES = { orders: 0, units: 0, revenueMinor: {}, views: 0 } as const;

/** Products of the most units first, of the most views if equal, then by ID. */
export const byUnits = (a: ProductSales, b: ProductSales): number =>
  b.units - a.units || b.views - a.views || (a.productId < b.productId ? -1 : 1);

/** Of parts of a period, those of the whole, in the order of `byUnits`. */
export const addProducts = (parts: readonly (readonly ProductSales[])[]): readonly ProductSales[] => {
  const sums = new Map<string, ProductSales>();
  for (const part of parts.flat()) {
    const before = sums.get(part.productId);
    sums.set(part.productId, before ? addProduct(before, part) : part);
  }
  return [...sums.values()].sort(byUnits);
};

const addProduct = (one: ProductSales, other: ProductSales): ProductSales => {
  const revenue = { ...one.revenueMinor };
  for (const [currency, minor] of Object.entries(other.revenueMinor))
    revenue[currency] = (revenue[currency] ?? 0) + minor;
  return {
    productId: one.productId,
    orders: one.orders + other.orders,
    units: one.units + other.units,
    revenueMinor: revenue,
    views: one.views + other.views,
  };
};

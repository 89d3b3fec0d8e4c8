/** The stock of a SKU in a period of days, and what was sold of it. Units in the warehouse include reserved ones. */
export interface SkuStock {
  readonly sku: string;
  /** What has the SKU, according to the last count of all. */
  readonly productId: string;
  readonly variantId: string;
  /** Units in orders that were not cancelled, of all variants that had the SKU. */
  readonly sold: number;
  /** Units in the warehouse at the end of the period. */
  readonly onHand: number;
  /** Days of the period at whose end a count is known. */
  readonly countedDays: number;
  /** Units in the warehouse at the ends of these days, added up. */
  readonly unitDays: number;
}

type Stocked = Pick<SkuStock, 'unitDays' | 'countedDays'>;

/** Units in the warehouse at the end of a day, on average. */
export const averageOnHand = ({ unitDays, countedDays }: Stocked): number => unitDays / countedDays;

/**
 * How often the stock was sold in the period: units sold ÷ average units in the warehouse. It is inventory turnover (Silver, Pyke and Thomas,
 * Inventory and Production Management in Supply Chains, 4th edition, chapter 2), in units, as the cost of goods is unknown. Undefined if there
 * was no stock.
 */
export const stockTurns = (stock: SkuStock): number | undefined =>
  stock.unitDays === 0 ? undefined : stock.sold / averageOnHand(stock);

/** For how many days the units at the end of the period last if as many are sold a day as in it. Undefined if none was sold. */
export const daysOfCover = ({ sold, onHand }: SkuStock, days: number): number | undefined =>
  sold === 0 ? undefined : (onHand * days) / sold;

export interface StockChoice {
  /** `least_cover`: what sells out first. `most_cover`: what does not sell, or lasts longest. */
  readonly order: 'least_cover' | 'most_cover';
  readonly limit: number;
}

/** The first SKUs in this order, then by units; without those that were neither in stock nor sold. */
export const topStock = (
  all: readonly SkuStock[],
  days: number,
  { order, limit }: StockChoice,
): readonly SkuStock[] => {
  const sign = order === 'least_cover' ? 1 : -1;
  return all
    .filter(({ onHand, sold }) => onHand > 0 || sold > 0)
    .map((stock) => ({ stock, cover: daysOfCover(stock, days) ?? Infinity }))
    .sort(
      (a, b) =>
        sign * (compare(a.cover, b.cover) || a.stock.onHand - b.stock.onHand) ||
        compare(a.stock.sku, b.stock.sku),
    )
    .slice(0, limit)
    .map(({ stock }) => stock);
};

const compare = <T extends number | string>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);

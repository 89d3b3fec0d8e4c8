import { cancelledIn, of } from './counting.ts';
import type { Fact } from './fact.ts';
import { bucketOf, type Period } from './period.ts';
import type { SkuStock } from './stock-turns.ts';

/** How many units of a SKU there were. */
export interface Count {
  readonly at: Date;
  /** Rises with time. */
  readonly version: number;
  readonly onHand: number;
}

/**
 * The last count of a day holds until the next day that has one.
 * @param counts before the end of the period, in any order; of those before its beginning, the last is enough
 */
export const heldOver = (
  counts: readonly Count[],
  period: Period,
): Pick<SkuStock, 'onHand' | 'countedDays' | 'unitDays'> => {
  const inOrder = counts.toSorted((a, b) => a.version - b.version);
  const byDay = new Map(inOrder.map(({ at, onHand }) => [bucketOf(period, at) ?? BEFORE, onHand]));
  const days = [...byDay].sort(([a], [b]) => a - b);
  const held = days.map(([day, onHand], index) => {
    const [until] = days[index + 1] ?? [period.bounds.length - 1];
    return { onHand, days: until - Math.max(0, day) };
  });
  return {
    onHand: held.at(-1)?.onHand ?? 0,
    countedDays: held.reduce((sum, one) => sum + one.days, 0),
    unitDays: held.reduce((sum, one) => sum + one.days * one.onHand, 0),
  };
};

/** In place of the index of a day. */
const BEFORE = -1;

/** Units of a variant that were sold. */
export interface VariantUnits {
  readonly variantId: string;
  readonly units: number;
}

/** Those in orders that were not cancelled, one for each variant. */
export const countUnits = (facts: readonly Fact[], period: Period): readonly VariantUnits[] => {
  const cancelled = cancelledIn(facts);
  const orders = of('order', facts).filter(
    ({ orderId, at }) => !cancelled.has(orderId) && bucketOf(period, at) !== undefined,
  );
  return addUnits(orders.flatMap(({ lines }) => lines.map((line) => ({ ...line, units: line.quantity }))));
};

/** Of parts of a period, those of the whole. */
export const addUnits = (parts: readonly VariantUnits[]): readonly VariantUnits[] =>
  [...Map.groupBy(parts, ({ variantId }) => variantId)].map(([variantId, all]) => ({
    variantId,
    units: all.reduce((sum, { units }) => sum + units, 0),
  }));

/** The SKUs that were counted before the end of the period, in any order. */
export const countStock = (facts: readonly Fact[], period: Period): readonly SkuStock[] => {
  const sold = new Map(countUnits(facts, period).map(({ variantId, units }) => [variantId, units]));
  const end = period.bounds.at(-1) ?? new Date(0);
  return [...Map.groupBy(of('count', facts), ({ sku }) => sku)].flatMap(([sku, all]) => {
    const counts = all.filter(({ at }) => at < end);
    return counts.length === 0 ? [] : [{ ...soldBy(sku, all, sold), ...heldOver(counts, period) }];
  });
};

interface Named {
  readonly productId: string;
  readonly variantId: string;
  readonly version: number;
}

/** What was sold of a SKU, by the variants that its counts name. @param counts at least one @param units sold, by variant */
export const soldBy = (
  sku: string,
  counts: readonly Named[],
  units: ReadonlyMap<string, number>,
): Pick<SkuStock, 'sku' | 'productId' | 'variantId' | 'sold'> => {
  const { productId, variantId } = counts.reduce((last, count) =>
    count.version > last.version ? count : last,
  );
  const variants = [...new Set(counts.map(({ variantId }) => variantId))];
  return {
    sku,
    productId,
    variantId,
    sold: variants.reduce((sum, variant) => sum + (units.get(variant) ?? 0), 0),
  };
};

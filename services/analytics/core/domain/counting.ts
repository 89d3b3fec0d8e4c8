import type { Fact, FactOf } from './fact.ts';
import { bucketOf, type Period } from './period.ts';
import { NO_SALES, type BucketSales } from './sales.ts';
import { byUnits, NO_PRODUCT_SALES, type ProductSales } from './top-products.ts';

type Order = FactOf<'order'>;
type Money = FactOf<'order' | 'surcharge' | 'refund'>;

/** Neither cancelled orders nor their refunds count. */
const withoutCancelled = (facts: readonly Fact[]): readonly Fact[] => {
  const cancelled = cancelledIn(facts);
  return facts.filter(
    (fact) => !('orderId' in fact && fact.orderId !== undefined && cancelled.has(fact.orderId)),
  );
};

export const cancelledIn = (facts: readonly Fact[]): ReadonlySet<string> =>
  new Set(of('cancellation', facts).map(({ orderId }) => orderId));

/** Whether an order was confirmed and not cancelled, according to these facts. */
export const paidIn = (facts: readonly Fact[]): ((orderId: string) => boolean) => {
  const cancelled = cancelledIn(facts);
  const confirmed = new Set(of('confirmation', facts).map(({ orderId }) => orderId));
  return (orderId) => confirmed.has(orderId) && !cancelled.has(orderId);
};

export const of = <Kind extends Fact['kind']>(kind: Kind, facts: readonly Fact[]): readonly FactOf<Kind>[] =>
  facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind);

export const unitsOf = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** The sales in these facts, of which each is there once: rows in any order, several for a bucket and currency. */
export const countSales = (facts: readonly Fact[], period: Period): readonly BucketSales[] => {
  const row = ({ at, currency }: Money): readonly BucketSales[] => {
    const bucket = bucketOf(period, at);
    return bucket === undefined ? [] : [{ ...NO_SALES, bucket, currency }];
  };
  const counting = withoutCancelled(facts);
  return [
    ...of('order', counting).flatMap((order) =>
      row(order).map((empty) => ({
        ...empty,
        orders: 1,
        units: unitsOf(order),
        lines: order.lines.length,
        grossMinor: order.totalMinor,
        taxMinor: order.taxMinor,
        shippingMinor: order.shippingMinor,
      })),
    ),
    ...of('surcharge', counting).flatMap((surcharge) =>
      row(surcharge).map((empty) => ({
        ...empty,
        grossMinor: surcharge.totalMinor,
        taxMinor: surcharge.taxMinor,
      })),
    ),
    ...of('refund', counting).flatMap((refund) =>
      row(refund).map((empty) => ({ ...empty, refundedMinor: refund.amountMinor })),
    ),
  ];
};

/** The products in these facts, of which each is there once, in the order of `byUnits`. */
export const countProducts = (facts: readonly Fact[], period: Period): readonly ProductSales[] => {
  const products = new Map<string, ProductSales>();
  const change = (productId: string, to: (product: ProductSales) => Partial<ProductSales>): void => {
    const before = products.get(productId) ?? { ...NO_PRODUCT_SALES, productId };
    products.set(productId, { ...before, ...to(before) });
  };
  const counting = withoutCancelled(facts).filter(({ at }) => bucketOf(period, at) !== undefined);
  for (const { lines, currency } of of('order', counting)) {
    for (const { productId, quantity, totalMinor } of lines)
      change(productId, ({ units, revenueMinor }) => ({
        units: units + quantity,
        revenueMinor: { ...revenueMinor, [currency]: (revenueMinor[currency] ?? 0) + totalMinor },
      }));
    for (const productId of new Set(lines.map((line) => line.productId)))
      change(productId, ({ orders }) => ({ orders: orders + 1 }));
  }
  for (const { productId, views } of of('views', counting))
    change(productId, (product) => ({ views: product.views + views }));
  return [...products.values()].sort(byUnits);
};

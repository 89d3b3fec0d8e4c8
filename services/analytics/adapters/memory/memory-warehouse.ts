import type { Fact, FactOf } from '../../core/domain/fact.ts';
import { bucketOf } from '../../core/domain/period.ts';
import { NO_SALES, type BucketSales } from '../../core/domain/sales.ts';
import { byUnits, type ProductSales } from '../../core/domain/top-products.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

type Order = FactOf<'order'>;
type Refund = FactOf<'refund'>;

const unitsOf = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** For tests, and for a shop that keeps nothing. */
export const memoryWarehouse = (): Warehouse => {
  const facts = new Map<string, Fact>();

  const of = <Kind extends Fact['kind']>(kind: Kind): readonly FactOf<Kind>[] =>
    [...facts.values()].filter((fact): fact is FactOf<Kind> => fact.kind === kind);
  const withoutCancelled = <F extends Order | Refund>(found: readonly F[]): readonly F[] => {
    const cancelled = new Set(of('cancellation').map(({ orderId }) => orderId));
    return found.filter(({ orderId }) => !cancelled.has(orderId));
  };

  return {
    append: async (added) => {
      for (const fact of added) if (!facts.has(fact.factId)) facts.set(fact.factId, fact);
      await Promise.resolve();
    },
    sales: async (period) => {
      const row = ({ at, currency }: Order | Refund): readonly BucketSales[] => {
        const bucket = bucketOf(period, at);
        return bucket === undefined ? [] : [{ ...NO_SALES, bucket, currency }];
      };
      return Promise.resolve([
        ...withoutCancelled(of('order')).flatMap((order) =>
          row(order).map((empty) => ({
            ...empty,
            orders: 1,
            units: unitsOf(order),
            grossMinor: order.totalMinor,
            taxMinor: order.taxMinor,
            shippingMinor: order.shippingMinor,
          })),
        ),
        ...withoutCancelled(of('refund')).flatMap((refund) =>
          row(refund).map((empty) => ({ ...empty, refundedMinor: refund.amountMinor })),
        ),
      ]);
    },
    topProducts: async (period, limit) => {
      const products = new Map<string, ProductSales>();
      const change = (productId: string, to: (product: ProductSales) => Partial<ProductSales>): void => {
        const before = products.get(productId) ?? {
          productId,
          orders: 0,
          units: 0,
          revenueMinor: {},
          views: 0,
        };
        products.set(productId, { ...before, ...to(before) });
      };
      const isWithin = ({ at }: { readonly at: Date }): boolean => bucketOf(period, at) !== undefined;
      for (const { lines, currency } of withoutCancelled(of('order')).filter(isWithin)) {
        for (const { productId, quantity, totalMinor } of lines)
          change(productId, ({ units, revenueMinor }) => ({
            units: units + quantity,
            revenueMinor: { ...revenueMinor, [currency]: (revenueMinor[currency] ?? 0) + totalMinor },
          }));
        for (const productId of new Set(lines.map((line) => line.productId)))
          change(productId, ({ orders }) => ({ orders: orders + 1 }));
      }
      for (const { productId, views } of of('views').filter(isWithin))
        change(productId, (product) => ({ views: product.views + views }));
      return Promise.resolve([...products.values()].sort(byUnits).slice(0, limit));
    },
    newest: async () => {
      const times = [...facts.values()].map(({ at }) => at.getTime());
      return Promise.resolve(times.length === 0 ? undefined : new Date(Math.max(...times)));
    },
    close: () => Promise.resolve(),
  };
};

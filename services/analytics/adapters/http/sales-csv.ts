import { toDecimal } from '#kernel/money.ts';
import type { Period } from '../../core/domain/period.ts';
import { netMinor, type CurrencySales } from '../../core/domain/sales.ts';

const COLUMNS = 'start,currency,orders,units,gross,tax,shipping,refunded,net';

/** A row per bucket and currency: of numbers, times and codes, of which no cell needs quotes. */
export const salesCsv = ({ bounds }: Period, sales: readonly CurrencySales[]): string => {
  const rows = sales.flatMap(({ currency, buckets }) =>
    buckets.map((bucket, index) => {
      const { orders, units, grossMinor, taxMinor, shippingMinor, refundedMinor } = bucket;
      const amounts = [grossMinor, taxMinor, shippingMinor, refundedMinor, netMinor(bucket)];
      const start = bounds[index]?.toISOString() ?? '';
      return [start, currency, orders, units, ...amounts.map((minor) => toDecimal({ minor, currency }))];
    }),
  );
  return [COLUMNS, ...rows.map((row) => row.join(','))].map((line) => `${line}\n`).join('');
};

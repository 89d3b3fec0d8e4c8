import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/analytics.ts';
import { periodOf } from '../../core/domain/period.ts';
import {
  averageOnHand,
  daysOfCover,
  stockTurns,
  topStock,
  type SkuStock,
  type StockChoice,
} from '../../core/domain/stock-turns.ts';
import { csvFile } from './csv-file.ts';
import type { AnalyticsCode } from './errors.ts';
import { asOf, requested, today, type Range, type Reporting } from './report.ts';
import { rounded } from './rounded.ts';

type Item = components['schemas']['SkuStock'];

const fromStock = (stock: SkuStock, days: number): Item => {
  const turns = stockTurns(stock);
  const cover = daysOfCover(stock, days);
  return {
    sku: stock.sku,
    product_id: stock.productId,
    variant_id: stock.variantId,
    sold: stock.sold,
    on_hand: stock.onHand,
    average_on_hand: rounded(averageOnHand(stock)),
    ...(turns !== undefined && { turns: rounded(turns) }),
    ...(cover !== undefined && { days_of_cover: rounded(cover) }),
  };
};

const COLUMNS = [
  'sku', 'product_id', 'variant_id', 'sold', 'on_hand', 'average_on_hand', 'turns', 'days_of_cover',
] as const satisfies readonly (keyof Item)[]; // prettier-ignore

export const makeStockReport = (
  reporting: Reporting,
): Pick<Handlers<operations, AnalyticsCode>, 'getStock' | 'exportStock'> => {
  /** Days to come have neither sales nor an end, and are left out. */
  const untilToday = ({ to = today(reporting), ...range }: Range) =>
    requested(reporting, { ...range, to: to < today(reporting) ? to : today(reporting) });

  const read = async (range: Range, choice: StockChoice) => {
    const request = untilToday(range);
    const period = periodOf(request);
    if (!period.ok) return period;
    const days = period.value.bounds.length - 1;
    const chosen = topStock(await reporting.warehouse.stock(period.value), days, choice);
    return { ok: true, request, items: chosen.map((stock) => fromStock(stock, days)) } as const;
  };

  return {
    getStock: async ({ query: { order = 'least_cover', limit = 10, ...range } }) => {
      const report = await read(range, { order, limit });
      if (!report.ok) return report;
      const { from, to, timeZone } = report.request;
      const body = { time_zone: timeZone, from, to, ...(await asOf(reporting)), items: report.items };
      return { status: 200, body };
    },
    exportStock: async ({ query: { order = 'least_cover', limit = 1_000, ...range } }) => {
      const report = await read(range, { order, limit });
      if (!report.ok) return report;
      return csvFile({
        name: `stock-${report.request.from}-${report.request.to}`,
        columns: COLUMNS,
        rows: report.items.map((item) => COLUMNS.map((column) => item[column])),
      });
    },
  };
};

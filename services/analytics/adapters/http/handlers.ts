import type { Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { Ids } from '#kernel/ids.ts';
import { toDecimal } from '#kernel/money.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import type { components, operations } from '#openapi/generated/analytics.ts';
import type { FindShoppers } from '../../core/application/find-shoppers.ts';
import type { ReportBehaviour } from '../../core/application/report-behaviour.ts';
import { daysBefore, periodOf, type Period } from '../../core/domain/period.ts';
import { basketOf, netMinor, NO_SALES, salesByCurrency, type Sales } from '../../core/domain/sales.ts';
import { addFunnels, NO_VISITS, STAGES, type BucketFunnel } from '../../core/domain/visits.ts';
import { toBehaviour } from './behaviour-input.ts';
import { csvFile } from './csv-file.ts';
import { makeCustomerReports } from './customer-reports.ts';
import type { AnalyticsCode } from './errors.ts';
import { asOf, requested, type Reporting } from './report.ts';
import { rounded } from './rounded.ts';
import { makeStockReport } from './stock-report.ts';

type Schemas = components['schemas'];

export interface AnalyticsUseCases extends Reporting {
  readonly reportBehaviour: ReportBehaviour;
  readonly findShoppers: FindShoppers;
  readonly personalData: PersonalData;
  readonly ids: Ids;
}

const fromSales = (sales: Sales, currency: string): Schemas['SalesSums'] => {
  const amount = (minor: number): number => toDecimal({ minor, currency });
  const basket = basketOf(sales);
  return {
    orders: sales.orders,
    units: sales.units,
    lines: sales.lines,
    gross: amount(sales.grossMinor),
    tax: amount(sales.taxMinor),
    shipping: amount(sales.shippingMinor),
    refunded: amount(sales.refundedMinor),
    net: amount(netMinor(sales)),
    ...(basket && {
      average_order: amount(basket.valueMinor),
      units_per_order: rounded(basket.units),
      lines_per_order: rounded(basket.lines),
    }),
  };
};

const SALES_COLUMNS = [
  'orders', 'units', 'gross', 'tax', 'shipping', 'refunded', 'net', 'lines', 'average_order', 'units_per_order', 'lines_per_order',
] as const; // prettier-ignore

export const makeHandlers = ({
  reportBehaviour,
  findShoppers,
  personalData,
  ids,
  ...reporting
}: AnalyticsUseCases): Handlers<operations, AnalyticsCode> => {
  const { warehouse, timeZone } = reporting;
  const salesIn = async (period: Period) =>
    salesByCurrency(period.bounds.length - 1, await warehouse.sales(period));
  return {
    ...personalDataHandlers(personalData),
    ...makeCustomerReports(reporting),
    ...makeStockReport(reporting),
    reportBehaviour: async ({ principal, headers, body }) => {
      // Without a gateway that knows visits, each report is one.
      const sessionId = headers['visit-session'] ?? ids.next();
      const userId = principal.kind === 'user' ? principal.userId : undefined;
      const accepted = await reportBehaviour({ sessionId, userId }, body.facts.map(toBehaviour));
      return { status: 202, body: { accepted } };
    },
    findShoppers: async ({ body }) => {
      const found = await findShoppers(body.user_ids);
      return {
        status: 200,
        body: { items: [...found].map(([user_id, shopper_id]) => ({ user_id, shopper_id })) },
      };
    },
    getSales: async ({ query: { granularity = 'day', compare = true, ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const before = daysBefore(request);
      const [sales, earlier, newest] = await Promise.all([
        salesIn(period.value),
        compare ? salesIn(before) : undefined,
        asOf(reporting),
      ]);
      const starts = period.value.bounds.map((start) => start.toISOString());
      const ended = (earlier ?? []).filter(({ currency }) => sales.every((one) => one.currency !== currency));
      const none = starts.slice(1).map(() => NO_SALES);
      const all = [...sales, ...ended.map(({ currency }) => ({ currency, total: NO_SALES, buckets: none }))];
      return {
        status: 200,
        body: {
          time_zone: timeZone,
          from: request.from,
          to: request.to,
          granularity,
          ...newest,
          currencies: all.map(({ currency, total, buckets }) => {
            const sumsBefore = earlier?.find((one) => one.currency === currency)?.total ?? NO_SALES;
            return {
              currency,
              total: fromSales(total, currency),
              ...(earlier && { before: fromSales(sumsBefore, currency) }),
              buckets: buckets.map((sums, index) => ({
                start: starts[index] ?? '',
                ...fromSales(sums, currency),
              })),
            };
          }),
        },
      };
    },
    exportSales: async ({ query: { granularity = 'day', ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      return csvFile({
        name: `sales-${request.from}-${request.to}`,
        columns: ['start', 'currency', ...SALES_COLUMNS],
        rows: (await salesIn(period.value)).flatMap(({ currency, buckets }) =>
          buckets.map((bucket, index) => {
            const sums = fromSales(bucket, currency);
            const start = period.value.bounds[index]?.toISOString();
            return [start, currency, ...SALES_COLUMNS.map((column) => sums[column])];
          }),
        ),
      });
    },
    getFunnel: async ({ query: { granularity = 'day', compare = true, ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const [rows, earlier, sources, newest] = await Promise.all([
        warehouse.funnel(period.value),
        compare ? warehouse.funnel(daysBefore(request)) : undefined,
        warehouse.sources(period.value),
        asOf(reporting),
      ]);
      const byBucket = new Map(rows.map(({ bucket, ...funnel }) => [bucket, funnel]));
      const sum = (all: readonly BucketFunnel[]) =>
        all.map(({ bucket: _, ...funnel }) => funnel).reduce(addFunnels, NO_VISITS);
      return {
        status: 200,
        body: {
          time_zone: timeZone,
          from: request.from,
          to: request.to,
          granularity,
          ...newest,
          total: sum(rows),
          ...(earlier && { before: sum(earlier) }),
          buckets: period.value.bounds.slice(0, -1).map((start, bucket) => ({
            start: start.toISOString(),
            ...(byBucket.get(bucket) ?? NO_VISITS),
          })),
          sources: sources.map((one) => ({ ...one })),
        },
      };
    },
    exportFunnel: async ({ query: { granularity = 'day', ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const byBucket = new Map((await warehouse.funnel(period.value)).map((row) => [row.bucket, row]));
      return csvFile({
        name: `funnel-${request.from}-${request.to}`,
        columns: ['start', ...STAGES],
        rows: period.value.bounds.slice(0, -1).map((start, bucket) => {
          const counts = byBucket.get(bucket) ?? NO_VISITS;
          return [start.toISOString(), ...STAGES.map((stage) => counts[stage])];
        }),
      });
    },
    exportSearches: async ({
      query: { limit = 1_000, without_results: isWithoutResults = false, ...range },
    }) => {
      const request = requested(reporting, range);
      const period = periodOf(request);
      if (!period.ok) return period;
      const terms = await warehouse.searches(period.value, { isWithoutResults, limit });
      return csvFile({
        name: `searches-${request.from}-${request.to}`,
        columns: ['query', 'searches', 'without_results'],
        rows: terms.map(({ term, searches, withoutResults }) => [term, searches, withoutResults]),
      });
    },
    getSearches: async ({ query: { limit = 10, without_results: isWithoutResults = false, ...range } }) => {
      const request = requested(reporting, range);
      const period = periodOf(request);
      if (!period.ok) return period;
      const [terms, newest] = await Promise.all([
        warehouse.searches(period.value, { isWithoutResults, limit }),
        asOf(reporting),
      ]);
      return {
        status: 200,
        body: {
          time_zone: timeZone,
          from: request.from,
          to: request.to,
          ...newest,
          items: terms.map(({ term: query, searches, withoutResults }) => ({
            query,
            searches,
            without_results: withoutResults,
          })),
        },
      };
    },
    getTopProducts: async ({ query: { limit = 10, ...range } }) => {
      const request = requested(reporting, range);
      const period = periodOf(request);
      if (!period.ok) return period;
      const [products, newest] = await Promise.all([
        warehouse.topProducts(period.value, limit),
        asOf(reporting),
      ]);
      return {
        status: 200,
        body: {
          time_zone: timeZone,
          from: request.from,
          to: request.to,
          ...newest,
          items: products.map(({ productId, orders, units, revenueMinor, views }) => ({
            product_id: productId,
            orders,
            units,
            revenue: Object.entries(revenueMinor).map(([currency, minor]) => ({
              amount: toDecimal({ minor, currency }),
              currency,
            })),
            views,
          })),
        },
      };
    },
  };
};

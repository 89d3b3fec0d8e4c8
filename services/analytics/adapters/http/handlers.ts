import type { Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { dayAt, daysAfter } from '#kernel/local-days.ts';
import { toDecimal } from '#kernel/money.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import type { components, operations } from '#openapi/generated/analytics.ts';
import type { FindShoppers } from '../../core/application/find-shoppers.ts';
import type { ReportBehaviour } from '../../core/application/report-behaviour.ts';
import { daysBefore, periodOf, type Granularity, type Period } from '../../core/domain/period.ts';
import { netMinor, NO_SALES, salesByCurrency, type Sales } from '../../core/domain/sales.ts';
import { addFunnels, NO_VISITS, type BucketFunnel } from '../../core/domain/visits.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';
import { toBehaviour } from './behaviour-input.ts';
import type { AnalyticsCode } from './errors.ts';
import { salesCsv } from './sales-csv.ts';

type Schemas = components['schemas'];

export interface AnalyticsUseCases {
  readonly reportBehaviour: ReportBehaviour;
  readonly findShoppers: FindShoppers;
  readonly personalData: PersonalData;
  readonly warehouse: Warehouse;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly timeZone: string;
}

const DEFAULT_DAYS = 7;

const fromSales = (sales: Sales, currency: string): Schemas['SalesSums'] => {
  const amount = (minor: number): number => toDecimal({ minor, currency });
  return {
    orders: sales.orders,
    units: sales.units,
    gross: amount(sales.grossMinor),
    tax: amount(sales.taxMinor),
    shipping: amount(sales.shippingMinor),
    refunded: amount(sales.refundedMinor),
    net: amount(netMinor(sales)),
  };
};

export const makeHandlers = ({
  reportBehaviour,
  findShoppers,
  personalData,
  warehouse,
  ids,
  clock,
  timeZone,
}: AnalyticsUseCases): Handlers<operations, AnalyticsCode> => {
  /** The latest days, unless others are named. */
  const requested = (
    {
      from,
      to = dayAt(clock.now(), timeZone),
      days = DEFAULT_DAYS,
    }: { readonly from?: string; readonly to?: string; readonly days?: number },
    granularity: Granularity,
  ) => ({ from: from ?? daysAfter(to, 1 - days), to, granularity, timeZone });
  const salesIn = async (period: Period) =>
    salesByCurrency(period.bounds.length - 1, await warehouse.sales(period));
  const asOf = async () => {
    const newest = await warehouse.newest();
    return newest && { as_of: newest.toISOString() };
  };
  return {
    ...personalDataHandlers(personalData),
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
      const request = requested(range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const before = daysBefore(request);
      const [sales, earlier, newest] = await Promise.all([
        salesIn(period.value),
        compare ? salesIn(before) : undefined,
        asOf(),
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
      const request = requested(range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      return {
        status: 200,
        headers: { 'Content-Disposition': `attachment; filename="sales-${request.from}-${request.to}.csv"` },
        type: 'text/csv',
        body: salesCsv(period.value, await salesIn(period.value)),
      };
    },
    getFunnel: async ({ query: { granularity = 'day', compare = true, ...range } }) => {
      const request = requested(range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const [rows, earlier, sources, newest] = await Promise.all([
        warehouse.funnel(period.value),
        compare ? warehouse.funnel(daysBefore(request)) : undefined,
        warehouse.sources(period.value),
        asOf(),
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
    getSearches: async ({ query: { limit = 10, without_results: isWithoutResults = false, ...range } }) => {
      const request = requested(range, 'day');
      const period = periodOf(request);
      if (!period.ok) return period;
      const [terms, newest] = await Promise.all([
        warehouse.searches(period.value, { isWithoutResults, limit }),
        asOf(),
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
      const request = requested(range, 'day');
      const period = periodOf(request);
      if (!period.ok) return period;
      const [products, newest] = await Promise.all([warehouse.topProducts(period.value, limit), asOf()]);
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

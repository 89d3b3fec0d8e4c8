import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/analytics.ts';
import {
  addCustomers,
  NO_CUSTOMERS,
  repeatRate,
  type BucketCustomers,
  type Customers,
} from '../../core/domain/customers.ts';
import { calendarOf, daysBefore, periodOf, type CohortLength } from '../../core/domain/period.ts';
import { csvFile } from './csv-file.ts';
import type { AnalyticsCode } from './errors.ts';
import { asOf, requested, today, type Reporting } from './report.ts';
import { rounded } from './rounded.ts';

type Schemas = components['schemas'];
type CustomerReports = 'getCustomers' | 'exportCustomers' | 'getCohorts' | 'exportCohorts';

const DEFAULT_COHORTS = 12;

const fromCustomers = (customers: Customers): Schemas['CustomerCounts'] => {
  const rate = repeatRate(customers);
  return {
    first_orders: customers.firstOrders,
    repeat_orders: customers.repeatOrders,
    guest_orders: customers.guestOrders,
    ...(rate !== undefined && { repeat_rate: rounded(rate) }),
  };
};

const sumOf = (rows: readonly BucketCustomers[]): Customers => rows.reduce(addCustomers, NO_CUSTOMERS);

export const makeCustomerReports = (
  reporting: Reporting,
): Pick<Handlers<operations, AnalyticsCode>, CustomerReports> => {
  const { warehouse, timeZone } = reporting;

  /** For each cohort, its customers, and how many of them ordered in each later week or month of the period. */
  const cohortsOf = async (
    length: CohortLength,
    to: string,
    count: number,
  ): Promise<readonly Schemas['Cohort'][]> => {
    const { firstDays, period } = calendarOf({ to, length, count, timeZone });
    const returning = await warehouse.returning(period);
    const found = new Map(returning.map((one) => [`${one.cohort} ${one.bucket}`, one.customers]));
    return firstDays.map((start, cohort) => {
      const customers = found.get(`${cohort} ${cohort}`) ?? 0;
      const again = firstDays.slice(cohort + 1).map((_, after) => {
        const returned = found.get(`${cohort} ${cohort + 1 + after}`) ?? 0;
        return { customers: returned, share: rounded(customers === 0 ? 0 : returned / customers) };
      });
      return { start, customers, again };
    });
  };

  return {
    getCustomers: async ({ query: { granularity = 'day', compare = true, ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const [rows, earlier, newest] = await Promise.all([
        warehouse.customers(period.value),
        compare ? warehouse.customers(daysBefore(request)) : undefined,
        asOf(reporting),
      ]);
      const byBucket = new Map(rows.map((row) => [row.bucket, row]));
      return {
        status: 200,
        body: {
          time_zone: timeZone,
          from: request.from,
          to: request.to,
          granularity,
          ...newest,
          total: fromCustomers(sumOf(rows)),
          ...(earlier && { before: fromCustomers(sumOf(earlier)) }),
          buckets: period.value.bounds.slice(0, -1).map((start, bucket) => ({
            start: start.toISOString(),
            ...fromCustomers(byBucket.get(bucket) ?? NO_CUSTOMERS),
          })),
        },
      };
    },
    exportCustomers: async ({ query: { granularity = 'day', ...range } }) => {
      const request = requested(reporting, range, granularity);
      const period = periodOf(request);
      if (!period.ok) return period;
      const byBucket = new Map((await warehouse.customers(period.value)).map((row) => [row.bucket, row]));
      return csvFile({
        name: `customers-${request.from}-${request.to}`,
        columns: ['start', 'first_orders', 'repeat_orders', 'guest_orders', 'repeat_rate'],
        rows: period.value.bounds.slice(0, -1).map((start, bucket) => {
          const counts = fromCustomers(byBucket.get(bucket) ?? NO_CUSTOMERS);
          const { first_orders, repeat_orders, guest_orders, repeat_rate } = counts;
          return [start.toISOString(), first_orders, repeat_orders, guest_orders, repeat_rate];
        }),
      });
    },
    getCohorts: async ({ query: { by = 'month', count = DEFAULT_COHORTS, to = today(reporting) } }) => {
      const [cohorts, newest] = await Promise.all([cohortsOf(by, to, count), asOf(reporting)]);
      return { status: 200, body: { time_zone: timeZone, by, ...newest, cohorts: [...cohorts] } };
    },
    exportCohorts: async ({ query: { by = 'month', count = DEFAULT_COHORTS, to = today(reporting) } }) =>
      csvFile({
        name: `cohorts-${by}-${to}`,
        columns: ['start', 'customers', 'after', 'ordered_again', 'share'],
        rows: (await cohortsOf(by, to, count)).flatMap(({ start, customers, again }) =>
          again.map((one, index) => [start, customers, index + 1, one.customers, one.share]),
        ),
      }),
  };
};

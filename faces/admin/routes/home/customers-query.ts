import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';

export type Baskets = Schemas['SalesChart']['currencies'][number];
export type CustomerChart = Schemas['CustomerChart'];
export type Cohort = Schemas['Cohort'];

const LIVE_MS = 60_000;
/** Months of first orders; as many as fit on a page. */
export const COHORTS = 6;

export const customersQuery = (days: number) =>
  queryOptions({
    queryKey: ['analytics', 'customers', days],
    queryFn: async () => {
      const params = { query: { days } };
      const [customers, sales, { cohorts }] = await Promise.all([
        dataOf(api.GET('/api/v1/staff/analytics/customers', { params })),
        dataOf(api.GET('/api/v1/staff/analytics/sales', { params })),
        dataOf(api.GET('/api/v1/staff/analytics/cohorts', { params: { query: { count: COHORTS } } })),
      ]);
      return { customers, baskets: sales.currencies, cohorts };
    },
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
